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
  "t48"."number",
  "t48"."seq",
  "t48"."local_day" AS "day",
  TO_CHAR("t48"."local_day", 'YYYY-MM') AS "month",
  "t48"."district",
  "t48"."moment_unit" AS "unit",
  "t48"."category",
  "t48"."channel",
  "t48"."type",
  "t48"."topic",
  "t48"."place_key" AS "place",
  "t48"."appellant_kind",
  TRUE AS "counted",
  FALSE AS "excluded"
FROM (
  SELECT
    "t47"."stream",
    "t47"."event_seq",
    "t47"."event_kind",
    "t47"."event_day",
    "t47"."number",
    "t47"."seq",
    "t47"."stage",
    "t47"."channel",
    "t47"."type",
    "t47"."category",
    "t47"."district",
    "t47"."place_key",
    "t47"."lead_unit",
    "t47"."head",
    "t47"."local_day",
    "t47"."due_at",
    "t47"."due_day",
    "t47"."closed_at",
    "t47"."appellant_kind",
    "t47"."decision",
    "t47"."second_handling",
    "t47"."called_back_day",
    "t47"."responded",
    "t47"."solved",
    "t47"."satisfied",
    "t47"."excluded",
    "t47"."from_day",
    "t47"."to_day",
    "t47"."as_of",
    "t47"."topic",
    "t47"."channel_kind",
    "t47"."moment_number",
    "t47"."moment_seq",
    "t47"."moment_stage",
    "t47"."moment_unit",
    "t27"."before_number",
    "t27"."before_seq",
    "t27"."unit_before"
  FROM (
    SELECT
      "t45"."stream",
      "t45"."event_seq",
      "t45"."event_kind",
      "t45"."event_day",
      "t45"."number",
      "t45"."event_seq" AS "seq",
      "t45"."stage",
      "t45"."channel",
      "t45"."type",
      "t45"."category",
      "t45"."district",
      "t45"."place_key",
      "t45"."lead_unit",
      "t45"."head",
      "t45"."local_day",
      "t45"."due_at",
      "t45"."due_day",
      "t45"."closed_at",
      "t45"."appellant_kind",
      "t45"."decision",
      "t45"."second_handling",
      "t45"."called_back_day",
      "t45"."responded",
      "t45"."solved",
      "t45"."satisfied",
      "t45"."excluded",
      "t45"."from_day",
      "t45"."to_day",
      "t45"."as_of",
      "t45"."topic",
      "t45"."channel_kind",
      "t45"."moment_number",
      "t45"."moment_seq",
      "t45"."moment_stage",
      "t45"."moment_unit"
    FROM (
      SELECT
        "t38"."stream",
        "t38"."event_seq",
        "t38"."event_kind",
        "t38"."event_day",
        "t44"."number",
        "t44"."seq",
        "t44"."stage",
        "t44"."channel",
        "t44"."type",
        "t44"."category",
        "t44"."district",
        "t44"."place_key",
        "t44"."lead_unit",
        "t44"."head",
        "t44"."local_day",
        "t44"."due_at",
        "t44"."due_day",
        "t44"."closed_at",
        "t44"."appellant_kind",
        "t44"."decision",
        "t44"."second_handling",
        "t44"."called_back_day",
        "t44"."responded",
        "t44"."solved",
        "t44"."satisfied",
        "t44"."excluded",
        "t44"."from_day",
        "t44"."to_day",
        "t44"."as_of",
        "t44"."topic",
        "t44"."channel_kind",
        "t28"."moment_number",
        "t28"."moment_seq",
        "t28"."moment_stage",
        "t28"."moment_unit"
      FROM (
        SELECT
          "t35"."stream",
          "t35"."event_seq",
          "t35"."event_kind",
          "t35"."event_day"
        FROM (
          SELECT
            "t29"."stream",
            "t29"."event_seq",
            "t29"."event_kind",
            "t29"."event_day",
            "t29"."undone_seq"
          FROM (
            SELECT
              "t17"."stream",
              "t17"."seq" AS "event_seq",
              "t17"."kind" AS "event_kind",
              "t17"."local_day" AS "event_day",
              "t17"."undone_seq"
            FROM "t13" AS "t17"
            WHERE
              "t17"."recorded_at" <= "t17"."as_of"
              AND "t17"."kind" IN (
                'forwarded',
                'designated',
                'reopened',
                'contacted',
                'send_back_judged',
                'unsolved_judged'
              )
          ) AS "t29"
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
              ) AS "t30"
              WHERE
                "t29"."stream" = "t30"."undone_stream" AND "t29"."event_seq" = "t30"."undone"
            )
        ) AS "t35"
      ) AS "t38"
      INNER JOIN (
        SELECT
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
          "t42"."channel_kind"
        FROM (
          SELECT
            "t41"."number",
            "t41"."seq",
            "t41"."stage",
            "t41"."channel",
            "t41"."type",
            "t41"."category",
            "t41"."district",
            "t41"."place_key",
            "t41"."lead_unit",
            "t41"."head",
            "t41"."local_day",
            "t41"."due_at",
            "t41"."due_day",
            "t41"."closed_at",
            "t41"."appellant_kind",
            "t41"."decision",
            "t41"."second_handling",
            "t41"."called_back_day",
            "t41"."responded",
            "t41"."solved",
            "t41"."satisfied",
            "t41"."excluded",
            "t41"."from_day",
            "t41"."to_day",
            "t41"."as_of",
            "t41"."topic",
            "t31"."channel_code",
            "t31"."channel_kind"
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
              "t39"."topic"
            FROM (
              SELECT
                "t36"."number",
                "t36"."seq",
                "t36"."stage",
                "t36"."channel",
                "t36"."type",
                "t36"."category",
                "t36"."district",
                "t36"."place_key",
                "t36"."lead_unit",
                "t36"."head",
                "t36"."local_day",
                "t36"."due_at",
                "t36"."due_day",
                "t36"."closed_at",
                "t36"."appellant_kind",
                "t36"."decision",
                "t36"."second_handling",
                "t36"."called_back_day",
                "t36"."responded",
                "t36"."solved",
                "t36"."satisfied",
                "t36"."excluded",
                "t36"."from_day",
                "t36"."to_day",
                "t36"."as_of",
                "t32"."path",
                "t32"."topic"
              FROM (
                SELECT
                  "t33"."number",
                  "t33"."seq",
                  "t33"."stage",
                  "t33"."channel",
                  "t33"."type",
                  "t33"."category",
                  "t33"."district",
                  "t33"."place_key",
                  "t33"."lead_unit",
                  "t33"."head",
                  "t33"."local_day",
                  "t33"."due_at",
                  "t33"."due_day",
                  "t33"."closed_at",
                  "t33"."appellant_kind",
                  "t33"."decision",
                  "t33"."second_handling",
                  "t33"."called_back_day",
                  "t33"."responded",
                  "t33"."solved",
                  "t33"."satisfied",
                  "t33"."excluded",
                  "t33"."from_day",
                  "t33"."to_day",
                  "t33"."as_of"
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
                  ) AS "t22"
                  WHERE
                    "t22"."known_from" <= "t22"."as_of"
                    AND (
                      (
                        "t22"."known_to" IS NULL
                      ) OR (
                        "t22"."known_to" > "t22"."as_of"
                      )
                    )
                ) AS "t33"
              ) AS "t36"
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
              ) AS "t32"
                ON "t36"."category" = "t32"."path"
            ) AS "t39"
          ) AS "t41"
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
          ) AS "t31"
            ON "t41"."channel" = "t31"."channel_code"
        ) AS "t42"
      ) AS "t44"
        ON "t38"."stream" = 'appeal/' || "t44"."number"
      INNER JOIN (
        SELECT
          "t18"."number" AS "moment_number",
          "t18"."seq" AS "moment_seq",
          "t18"."stage" AS "moment_stage",
          "t18"."lead_unit" AS "moment_unit"
        FROM "t12" AS "t18"
      ) AS "t28"
        ON "t44"."number" = "t28"."moment_number" AND "t38"."event_seq" = "t28"."moment_seq"
    ) AS "t45"
    WHERE
      "t45"."local_day" >= "t45"."from_day"
      AND "t45"."local_day" <= "t45"."to_day"
      AND (
        (
          "t45"."lead_unit" IS NOT NULL
        )
        OR (
          "t45"."decision" = 'forwarded'
        )
        OR (
          "t45"."second_handling" > 0
        )
      )
      AND "t45"."moment_unit" IS NOT NULL
  ) AS "t47"
  LEFT OUTER JOIN (
    SELECT
      "t18"."number" AS "before_number",
      "t18"."seq" AS "before_seq",
      "t18"."lead_unit" AS "unit_before"
    FROM "t12" AS "t18"
  ) AS "t27"
    ON "t47"."number" = "t27"."before_number"
    AND (
      "t47"."event_seq" - 1
    ) = "t27"."before_seq"
) AS "t48"
WHERE
  (
    "t48"."event_kind" = 'contacted'
  )
  OR (
    (
      "t48"."moment_stage" = 'forwarded'
    )
    AND (
      (
        "t48"."event_kind" <> 'send_back_judged'
      )
      OR (
        "t48"."moment_unit" <> "t48"."unit_before"
      )
    )
  )
