WITH "t12" AS NOT MATERIALIZED (
  SELECT
    *
  FROM "case_version" AS "t0"
  WHERE
    "t0"."kind" = 'appeal'
), "t13" AS NOT MATERIALIZED (
  SELECT
    "t5"."stream",
    "t5"."seq",
    "t5"."kind",
    "t5"."recorded_at",
    "t5"."local_day",
    "t5"."undone_seq",
    "t6"."from_day",
    "t6"."to_day",
    "t6"."as_of"
  FROM "event" AS "t5"
  CROSS JOIN "asked" AS "t6"
)
SELECT
  "t43"."number",
  "t43"."event_seq" AS "seq",
  "t43"."event_day" AS "day",
  TO_CHAR("t43"."event_day", 'YYYY-MM') AS "month",
  "t43"."district",
  "t43"."moment_unit" AS "unit",
  "t43"."category",
  "t43"."channel",
  "t43"."type",
  "t43"."topic",
  "t43"."place_key" AS "place",
  "t43"."appellant_kind",
  TRUE AS "counted",
  FALSE AS "excluded"
FROM (
  SELECT
    "t36"."stream",
    "t36"."event_seq",
    "t36"."event_kind",
    "t36"."event_day",
    "t42"."number",
    "t42"."seq",
    "t42"."stage",
    "t42"."channel",
    "t42"."type",
    "t42"."category",
    "t42"."district",
    "t42"."place_key",
    "t42"."lead_unit",
    "t42"."head",
    "t42"."local_day",
    "t42"."due_at",
    "t42"."due_day",
    "t42"."closed_at",
    "t42"."appellant_kind",
    "t42"."decision",
    "t42"."second_handling",
    "t42"."called_back_day",
    "t42"."responded",
    "t42"."solved",
    "t42"."satisfied",
    "t42"."excluded",
    "t42"."from_day",
    "t42"."to_day",
    "t42"."as_of",
    "t42"."topic",
    "t42"."channel_kind",
    "t26"."moment_number",
    "t26"."moment_seq",
    "t26"."moment_stage",
    "t26"."moment_unit"
  FROM (
    SELECT
      "t33"."stream",
      "t33"."event_seq",
      "t33"."event_kind",
      "t33"."event_day"
    FROM (
      SELECT
        "t27"."stream",
        "t27"."event_seq",
        "t27"."event_kind",
        "t27"."event_day",
        "t27"."undone_seq"
      FROM (
        SELECT
          "t17"."stream",
          "t17"."seq" AS "event_seq",
          "t17"."kind" AS "event_kind",
          "t17"."local_day" AS "event_day",
          "t17"."undone_seq"
        FROM "t13" AS "t17"
        WHERE
          "t17"."recorded_at" <= "t17"."as_of" AND "t17"."kind" IN ('escalated')
      ) AS "t27"
      WHERE
        NOT EXISTS(
          SELECT
            1
          FROM (
            SELECT
              "t17"."stream" AS "undone_stream",
              "t17"."undone_seq" AS "undone"
            FROM "t13" AS "t17"
            WHERE
              "t17"."recorded_at" <= "t17"."as_of" AND "t17"."kind" = 'undone'
          ) AS "t28"
          WHERE
            "t27"."stream" = "t28"."undone_stream" AND "t27"."event_seq" = "t28"."undone"
        )
    ) AS "t33"
  ) AS "t36"
  INNER JOIN (
    SELECT
      "t40"."number",
      "t40"."seq",
      "t40"."stage",
      "t40"."channel",
      "t40"."type",
      "t40"."category",
      "t40"."district",
      "t40"."place_key",
      "t40"."lead_unit",
      "t40"."head",
      "t40"."local_day",
      "t40"."due_at",
      "t40"."due_day",
      "t40"."closed_at",
      "t40"."appellant_kind",
      "t40"."decision",
      "t40"."second_handling",
      "t40"."called_back_day",
      "t40"."responded",
      "t40"."solved",
      "t40"."satisfied",
      "t40"."excluded",
      "t40"."from_day",
      "t40"."to_day",
      "t40"."as_of",
      "t40"."topic",
      "t40"."channel_kind"
    FROM (
      SELECT
        "t39"."number",
        "t39"."seq",
        "t39"."stage",
        "t39"."channel",
        "t39"."type",
        "t39"."category",
        "t39"."district",
        "t39"."place_key",
        "t39"."lead_unit",
        "t39"."head",
        "t39"."local_day",
        "t39"."due_at",
        "t39"."due_day",
        "t39"."closed_at",
        "t39"."appellant_kind",
        "t39"."decision",
        "t39"."second_handling",
        "t39"."called_back_day",
        "t39"."responded",
        "t39"."solved",
        "t39"."satisfied",
        "t39"."excluded",
        "t39"."from_day",
        "t39"."to_day",
        "t39"."as_of",
        "t39"."topic",
        "t29"."channel_code",
        "t29"."channel_kind"
      FROM (
        SELECT
          "t37"."number",
          "t37"."seq",
          "t37"."stage",
          "t37"."channel",
          "t37"."type",
          "t37"."category",
          "t37"."district",
          "t37"."place_key",
          "t37"."lead_unit",
          "t37"."head",
          "t37"."local_day",
          "t37"."due_at",
          "t37"."due_day",
          "t37"."closed_at",
          "t37"."appellant_kind",
          "t37"."decision",
          "t37"."second_handling",
          "t37"."called_back_day",
          "t37"."responded",
          "t37"."solved",
          "t37"."satisfied",
          "t37"."excluded",
          "t37"."from_day",
          "t37"."to_day",
          "t37"."as_of",
          "t37"."topic"
        FROM (
          SELECT
            "t34"."number",
            "t34"."seq",
            "t34"."stage",
            "t34"."channel",
            "t34"."type",
            "t34"."category",
            "t34"."district",
            "t34"."place_key",
            "t34"."lead_unit",
            "t34"."head",
            "t34"."local_day",
            "t34"."due_at",
            "t34"."due_day",
            "t34"."closed_at",
            "t34"."appellant_kind",
            "t34"."decision",
            "t34"."second_handling",
            "t34"."called_back_day",
            "t34"."responded",
            "t34"."solved",
            "t34"."satisfied",
            "t34"."excluded",
            "t34"."from_day",
            "t34"."to_day",
            "t34"."as_of",
            "t30"."path",
            "t30"."topic"
          FROM (
            SELECT
              "t31"."number",
              "t31"."seq",
              "t31"."stage",
              "t31"."channel",
              "t31"."type",
              "t31"."category",
              "t31"."district",
              "t31"."place_key",
              "t31"."lead_unit",
              "t31"."head",
              "t31"."local_day",
              "t31"."due_at",
              "t31"."due_day",
              "t31"."closed_at",
              "t31"."appellant_kind",
              "t31"."decision",
              "t31"."second_handling",
              "t31"."called_back_day",
              "t31"."responded",
              "t31"."solved",
              "t31"."satisfied",
              "t31"."excluded",
              "t31"."from_day",
              "t31"."to_day",
              "t31"."as_of"
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t19"."number",
                  "t19"."seq",
                  "t19"."kind",
                  "t19"."known_from",
                  "t19"."known_to",
                  "t19"."stage",
                  "t19"."channel",
                  "t19"."type",
                  "t19"."category",
                  "t19"."district",
                  "t19"."place_key",
                  "t19"."lead_unit",
                  "t19"."head",
                  "t19"."local_day",
                  "t19"."due_at",
                  "t19"."due_day",
                  "t19"."closed_at",
                  "t19"."appellant_kind",
                  "t19"."decision",
                  "t19"."second_handling",
                  "t19"."called_back_day",
                  "t19"."responded",
                  "t19"."solved",
                  "t19"."satisfied",
                  "t19"."excluded",
                  "t8"."from_day",
                  "t8"."to_day",
                  "t8"."as_of"
                FROM "t12" AS "t19"
                CROSS JOIN "asked" AS "t8"
              ) AS "t21"
              WHERE
                "t21"."known_from" <= "t21"."as_of"
                AND (
                  (
                    "t21"."known_to" IS NULL
                  ) OR (
                    "t21"."known_to" > "t21"."as_of"
                  )
                )
            ) AS "t31"
          ) AS "t34"
          LEFT OUTER JOIN (
            SELECT
              "t15"."path",
              "t15"."topic"
            FROM (
              SELECT
                "t11"."path",
                "t11"."topic",
                "t11"."known_from",
                "t11"."known_to",
                "t9"."from_day",
                "t9"."to_day",
                "t9"."as_of"
              FROM "category" AS "t11"
              CROSS JOIN "asked" AS "t9"
            ) AS "t15"
            WHERE
              (
                (
                  "t15"."known_from" IS NULL
                ) OR (
                  "t15"."known_from" <= "t15"."as_of"
                )
              )
              AND (
                (
                  "t15"."known_to" IS NULL
                ) OR (
                  "t15"."known_to" > "t15"."as_of"
                )
              )
          ) AS "t30"
            ON "t34"."category" = "t30"."path"
        ) AS "t37"
      ) AS "t39"
      LEFT OUTER JOIN (
        SELECT
          "t14"."code" AS "channel_code",
          "t14"."kind" AS "channel_kind"
        FROM (
          SELECT
            "t10"."code",
            "t10"."top",
            "t10"."kind",
            "t10"."known_from",
            "t10"."known_to",
            "t7"."from_day",
            "t7"."to_day",
            "t7"."as_of"
          FROM "channel" AS "t10"
          CROSS JOIN "asked" AS "t7"
        ) AS "t14"
        WHERE
          (
            (
              "t14"."known_from" IS NULL
            ) OR (
              "t14"."known_from" <= "t14"."as_of"
            )
          )
          AND (
            (
              "t14"."known_to" IS NULL
            ) OR (
              "t14"."known_to" > "t14"."as_of"
            )
          )
      ) AS "t29"
        ON "t39"."channel" = "t29"."channel_code"
    ) AS "t40"
  ) AS "t42"
    ON "t36"."stream" = 'appeal/' || "t42"."number"
  INNER JOIN (
    SELECT
      "t18"."number" AS "moment_number",
      "t18"."seq" AS "moment_seq",
      "t18"."stage" AS "moment_stage",
      "t18"."lead_unit" AS "moment_unit"
    FROM "t12" AS "t18"
  ) AS "t26"
    ON "t42"."number" = "t26"."moment_number" AND "t36"."event_seq" = "t26"."moment_seq"
) AS "t43"
WHERE
  "t43"."event_day" >= "t43"."from_day" AND "t43"."event_day" <= "t43"."to_day"
