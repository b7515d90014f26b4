WITH "t11" AS NOT MATERIALIZED (
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
  "t32"."number",
  "t32"."event_seq" AS "seq",
  "t32"."event_day" AS "day",
  TO_CHAR("t32"."event_day", 'YYYY-MM') AS "month",
  "t32"."district",
  "t32"."lead_unit" AS "unit",
  "t32"."category",
  "t32"."channel",
  "t32"."type",
  "t32"."topic",
  "t32"."place_key" AS "place",
  "t32"."appellant_kind",
  TRUE AS "counted",
  FALSE AS "excluded"
FROM (
  SELECT
    "t25"."stream",
    "t25"."event_seq",
    "t25"."event_kind",
    "t25"."event_day",
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
    "t31"."called_back_day",
    "t31"."responded",
    "t31"."solved",
    "t31"."satisfied",
    "t31"."excluded",
    "t31"."from_day",
    "t31"."to_day",
    "t31"."as_of",
    "t31"."topic",
    "t31"."channel_kind"
  FROM (
    SELECT
      "t22"."stream",
      "t22"."event_seq",
      "t22"."event_kind",
      "t22"."event_day"
    FROM (
      SELECT
        "t18"."stream",
        "t18"."event_seq",
        "t18"."event_kind",
        "t18"."event_day",
        "t18"."undone_seq"
      FROM (
        SELECT
          "t13"."stream",
          "t13"."seq" AS "event_seq",
          "t13"."kind" AS "event_kind",
          "t13"."local_day" AS "event_day",
          "t13"."undone_seq"
        FROM "t11" AS "t13"
        WHERE
          "t13"."recorded_at" <= "t13"."as_of" AND "t13"."kind" IN ('called_back')
      ) AS "t18"
      WHERE
        NOT EXISTS(
          SELECT
            1
          FROM (
            SELECT
              "t13"."stream" AS "undone_stream",
              "t13"."undone_seq" AS "undone"
            FROM "t11" AS "t13"
            WHERE
              "t13"."recorded_at" <= "t13"."as_of" AND "t13"."kind" = 'undone'
          ) AS "t19"
          WHERE
            "t18"."stream" = "t19"."undone_stream" AND "t18"."event_seq" = "t19"."undone"
        )
    ) AS "t22"
  ) AS "t25"
  INNER JOIN (
    SELECT
      "t29"."number",
      "t29"."seq",
      "t29"."stage",
      "t29"."channel",
      "t29"."type",
      "t29"."category",
      "t29"."district",
      "t29"."place_key",
      "t29"."lead_unit",
      "t29"."head",
      "t29"."local_day",
      "t29"."due_at",
      "t29"."due_day",
      "t29"."closed_at",
      "t29"."appellant_kind",
      "t29"."decision",
      "t29"."called_back_day",
      "t29"."responded",
      "t29"."solved",
      "t29"."satisfied",
      "t29"."excluded",
      "t29"."from_day",
      "t29"."to_day",
      "t29"."as_of",
      "t29"."topic",
      "t29"."channel_kind"
    FROM (
      SELECT
        "t28"."number",
        "t28"."seq",
        "t28"."stage",
        "t28"."channel",
        "t28"."type",
        "t28"."category",
        "t28"."district",
        "t28"."place_key",
        "t28"."lead_unit",
        "t28"."head",
        "t28"."local_day",
        "t28"."due_at",
        "t28"."due_day",
        "t28"."closed_at",
        "t28"."appellant_kind",
        "t28"."decision",
        "t28"."called_back_day",
        "t28"."responded",
        "t28"."solved",
        "t28"."satisfied",
        "t28"."excluded",
        "t28"."from_day",
        "t28"."to_day",
        "t28"."as_of",
        "t28"."topic",
        "t10"."channel_code",
        "t10"."channel_kind"
      FROM (
        SELECT
          "t26"."number",
          "t26"."seq",
          "t26"."stage",
          "t26"."channel",
          "t26"."type",
          "t26"."category",
          "t26"."district",
          "t26"."place_key",
          "t26"."lead_unit",
          "t26"."head",
          "t26"."local_day",
          "t26"."due_at",
          "t26"."due_day",
          "t26"."closed_at",
          "t26"."appellant_kind",
          "t26"."decision",
          "t26"."called_back_day",
          "t26"."responded",
          "t26"."solved",
          "t26"."satisfied",
          "t26"."excluded",
          "t26"."from_day",
          "t26"."to_day",
          "t26"."as_of",
          "t26"."topic"
        FROM (
          SELECT
            "t23"."number",
            "t23"."seq",
            "t23"."stage",
            "t23"."channel",
            "t23"."type",
            "t23"."category",
            "t23"."district",
            "t23"."place_key",
            "t23"."lead_unit",
            "t23"."head",
            "t23"."local_day",
            "t23"."due_at",
            "t23"."due_day",
            "t23"."closed_at",
            "t23"."appellant_kind",
            "t23"."decision",
            "t23"."called_back_day",
            "t23"."responded",
            "t23"."solved",
            "t23"."satisfied",
            "t23"."excluded",
            "t23"."from_day",
            "t23"."to_day",
            "t23"."as_of",
            "t8"."path",
            "t8"."topic"
          FROM (
            SELECT
              "t20"."number",
              "t20"."seq",
              "t20"."stage",
              "t20"."channel",
              "t20"."type",
              "t20"."category",
              "t20"."district",
              "t20"."place_key",
              "t20"."lead_unit",
              "t20"."head",
              "t20"."local_day",
              "t20"."due_at",
              "t20"."due_day",
              "t20"."closed_at",
              "t20"."appellant_kind",
              "t20"."decision",
              "t20"."called_back_day",
              "t20"."responded",
              "t20"."solved",
              "t20"."satisfied",
              "t20"."excluded",
              "t20"."from_day",
              "t20"."to_day",
              "t20"."as_of"
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t14"."number",
                  "t14"."seq",
                  "t14"."kind",
                  "t14"."known_from",
                  "t14"."known_to",
                  "t14"."stage",
                  "t14"."channel",
                  "t14"."type",
                  "t14"."category",
                  "t14"."district",
                  "t14"."place_key",
                  "t14"."lead_unit",
                  "t14"."head",
                  "t14"."local_day",
                  "t14"."due_at",
                  "t14"."due_day",
                  "t14"."closed_at",
                  "t14"."appellant_kind",
                  "t14"."decision",
                  "t14"."called_back_day",
                  "t14"."responded",
                  "t14"."solved",
                  "t14"."satisfied",
                  "t14"."excluded",
                  "t7"."from_day",
                  "t7"."to_day",
                  "t7"."as_of"
                FROM (
                  SELECT
                    *
                  FROM "case_version" AS "t4"
                  WHERE
                    "t4"."kind" = 'appeal'
                ) AS "t14"
                CROSS JOIN "asked" AS "t7"
              ) AS "t15"
              WHERE
                "t15"."known_from" <= "t15"."as_of"
                AND (
                  (
                    "t15"."known_to" IS NULL
                  ) OR (
                    "t15"."known_to" > "t15"."as_of"
                  )
                )
            ) AS "t20"
          ) AS "t23"
          LEFT OUTER JOIN "category" AS "t8"
            ON "t23"."category" = "t8"."path"
        ) AS "t26"
      ) AS "t28"
      LEFT OUTER JOIN (
        SELECT
          "t0"."code" AS "channel_code",
          "t0"."kind" AS "channel_kind"
        FROM "channel" AS "t0"
      ) AS "t10"
        ON "t28"."channel" = "t10"."channel_code"
    ) AS "t29"
  ) AS "t31"
    ON "t25"."stream" = 'appeal/' || "t31"."number"
) AS "t32"
WHERE
  "t32"."event_day" >= "t32"."from_day" AND "t32"."event_day" <= "t32"."to_day"
