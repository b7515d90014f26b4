SELECT
  "t18"."number",
  "t18"."seq",
  "t18"."local_day" AS "day",
  TO_CHAR("t18"."local_day", 'YYYY-MM') AS "month",
  "t18"."district",
  "t18"."lead_unit" AS "unit",
  "t18"."category",
  "t18"."channel",
  "t18"."type",
  "t18"."topic",
  "t18"."place_key" AS "place",
  "t18"."appellant_kind",
  TRUE AS "counted",
  FALSE AS "excluded"
FROM (
  SELECT
    "t17"."number",
    "t17"."seq",
    "t17"."stage",
    "t17"."channel",
    "t17"."type",
    "t17"."category",
    "t17"."district",
    "t17"."place_key",
    "t17"."lead_unit",
    "t17"."head",
    "t17"."local_day",
    "t17"."due_at",
    "t17"."due_day",
    "t17"."closed_at",
    "t17"."appellant_kind",
    "t17"."decision",
    "t17"."called_back_day",
    "t17"."responded",
    "t17"."solved",
    "t17"."satisfied",
    "t17"."excluded",
    "t17"."from_day",
    "t17"."to_day",
    "t17"."as_of",
    "t17"."topic",
    "t17"."channel_kind"
  FROM (
    SELECT
      "t16"."number",
      "t16"."seq",
      "t16"."stage",
      "t16"."channel",
      "t16"."type",
      "t16"."category",
      "t16"."district",
      "t16"."place_key",
      "t16"."lead_unit",
      "t16"."head",
      "t16"."local_day",
      "t16"."due_at",
      "t16"."due_day",
      "t16"."closed_at",
      "t16"."appellant_kind",
      "t16"."decision",
      "t16"."called_back_day",
      "t16"."responded",
      "t16"."solved",
      "t16"."satisfied",
      "t16"."excluded",
      "t16"."from_day",
      "t16"."to_day",
      "t16"."as_of",
      "t16"."topic",
      "t7"."channel_code",
      "t7"."channel_kind"
    FROM (
      SELECT
        "t14"."number",
        "t14"."seq",
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
        "t14"."from_day",
        "t14"."to_day",
        "t14"."as_of",
        "t14"."topic"
      FROM (
        SELECT
          "t13"."number",
          "t13"."seq",
          "t13"."stage",
          "t13"."channel",
          "t13"."type",
          "t13"."category",
          "t13"."district",
          "t13"."place_key",
          "t13"."lead_unit",
          "t13"."head",
          "t13"."local_day",
          "t13"."due_at",
          "t13"."due_day",
          "t13"."closed_at",
          "t13"."appellant_kind",
          "t13"."decision",
          "t13"."called_back_day",
          "t13"."responded",
          "t13"."solved",
          "t13"."satisfied",
          "t13"."excluded",
          "t13"."from_day",
          "t13"."to_day",
          "t13"."as_of",
          "t4"."path",
          "t4"."topic"
        FROM (
          SELECT
            "t11"."number",
            "t11"."seq",
            "t11"."stage",
            "t11"."channel",
            "t11"."type",
            "t11"."category",
            "t11"."district",
            "t11"."place_key",
            "t11"."lead_unit",
            "t11"."head",
            "t11"."local_day",
            "t11"."due_at",
            "t11"."due_day",
            "t11"."closed_at",
            "t11"."appellant_kind",
            "t11"."decision",
            "t11"."called_back_day",
            "t11"."responded",
            "t11"."solved",
            "t11"."satisfied",
            "t11"."excluded",
            "t11"."from_day",
            "t11"."to_day",
            "t11"."as_of"
          FROM (
            SELECT
              *
            FROM (
              SELECT
                "t9"."number",
                "t9"."seq",
                "t9"."kind",
                "t9"."known_from",
                "t9"."known_to",
                "t9"."stage",
                "t9"."channel",
                "t9"."type",
                "t9"."category",
                "t9"."district",
                "t9"."place_key",
                "t9"."lead_unit",
                "t9"."head",
                "t9"."local_day",
                "t9"."due_at",
                "t9"."due_day",
                "t9"."closed_at",
                "t9"."appellant_kind",
                "t9"."decision",
                "t9"."called_back_day",
                "t9"."responded",
                "t9"."solved",
                "t9"."satisfied",
                "t9"."excluded",
                "t5"."from_day",
                "t5"."to_day",
                "t5"."as_of"
              FROM (
                SELECT
                  *
                FROM "case_version" AS "t2"
                WHERE
                  "t2"."kind" = 'appeal'
              ) AS "t9"
              CROSS JOIN "asked" AS "t5"
            ) AS "t10"
            WHERE
              "t10"."known_from" <= "t10"."as_of"
              AND (
                (
                  "t10"."known_to" IS NULL
                ) OR (
                  "t10"."known_to" > "t10"."as_of"
                )
              )
          ) AS "t11"
        ) AS "t13"
        LEFT OUTER JOIN "category" AS "t4"
          ON "t13"."category" = "t4"."path"
      ) AS "t14"
    ) AS "t16"
    LEFT OUTER JOIN (
      SELECT
        "t0"."code" AS "channel_code",
        "t0"."kind" AS "channel_kind"
      FROM "channel" AS "t0"
    ) AS "t7"
      ON "t16"."channel" = "t7"."channel_code"
  ) AS "t17"
) AS "t18"
WHERE
  "t18"."local_day" >= "t18"."from_day"
  AND "t18"."local_day" <= "t18"."to_day"
  AND NOT (
    "t18"."stage" IN ('closed', 'settled', 'finalised', 'declined', 'withdrawn', 'transferred')
  )
  AND "t18"."stage" <> 'merged'
  AND "t18"."due_at" < "t18"."as_of"
