SELECT
  "t23"."number",
  "t23"."seq",
  "t23"."local_day" AS "day",
  TO_CHAR("t23"."local_day", 'YYYY-MM') AS "month",
  "t23"."district",
  "t23"."lead_unit" AS "unit",
  "t23"."category",
  "t23"."channel",
  "t23"."type",
  "t23"."topic",
  "t23"."place_key" AS "place",
  "t23"."appellant_kind",
  (
    "t23"."stage" IN ('closed', 'settled', 'finalised', 'declined', 'withdrawn', 'transferred')
    OR COALESCE(
      "t16"."head_stage" IN ('closed', 'settled', 'finalised', 'declined', 'withdrawn', 'transferred'),
      FALSE
    )
  )
  AND NOT (
    "t23"."excluded"
  ) AS "counted",
  "t23"."excluded"
FROM (
  SELECT
    *
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
      "t20"."as_of",
      "t20"."topic",
      "t20"."channel_kind"
    FROM (
      SELECT
        "t19"."number",
        "t19"."seq",
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
        "t19"."called_back_day",
        "t19"."responded",
        "t19"."solved",
        "t19"."satisfied",
        "t19"."excluded",
        "t19"."from_day",
        "t19"."to_day",
        "t19"."as_of",
        "t19"."topic",
        "t7"."channel_code",
        "t7"."channel_kind"
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
          "t17"."topic"
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
          ) AS "t14"
          LEFT OUTER JOIN "category" AS "t4"
            ON "t14"."category" = "t4"."path"
        ) AS "t17"
      ) AS "t19"
      LEFT OUTER JOIN (
        SELECT
          "t0"."code" AS "channel_code",
          "t0"."kind" AS "channel_kind"
        FROM "channel" AS "t0"
      ) AS "t7"
        ON "t19"."channel" = "t7"."channel_code"
    ) AS "t20"
  ) AS "t21"
  WHERE
    "t21"."local_day" >= "t21"."from_day" AND "t21"."local_day" <= "t21"."to_day"
) AS "t23"
LEFT OUTER JOIN (
  SELECT
    "t13"."number" AS "head_number",
    "t13"."stage" AS "head_stage"
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
) AS "t16"
  ON "t23"."head" = "t16"."head_number"
