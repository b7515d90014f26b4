SELECT
  "t30"."number",
  "t30"."seq",
  "t30"."local_day" AS "day",
  TO_CHAR("t30"."local_day", 'YYYY-MM') AS "month",
  "t30"."district",
  "t30"."lead_unit" AS "unit",
  "t30"."category",
  "t30"."channel",
  "t30"."type",
  "t30"."topic",
  "t30"."place_key" AS "place",
  "t30"."appellant_kind",
  NOT (
    "t30"."excluded"
  ) AS "counted",
  "t30"."excluded"
FROM (
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
    "t29"."second_handling",
    "t29"."called_back_day",
    "t29"."responded",
    "t29"."solved",
    "t29"."satisfied",
    "t29"."excluded",
    "t29"."from_day",
    "t29"."to_day",
    "t29"."as_of",
    "t29"."topic",
    "t29"."channel_kind",
    "t5"."tomorrow",
    "t5"."soon"
  FROM (
    SELECT
      *
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
        "t26"."second_handling",
        "t26"."called_back_day",
        "t26"."responded",
        "t26"."solved",
        "t26"."satisfied",
        "t26"."excluded",
        "t26"."from_day",
        "t26"."to_day",
        "t26"."as_of",
        "t26"."topic",
        "t26"."channel_kind"
      FROM (
        SELECT
          "t25"."number",
          "t25"."seq",
          "t25"."stage",
          "t25"."channel",
          "t25"."type",
          "t25"."category",
          "t25"."district",
          "t25"."place_key",
          "t25"."lead_unit",
          "t25"."head",
          "t25"."local_day",
          "t25"."due_at",
          "t25"."due_day",
          "t25"."closed_at",
          "t25"."appellant_kind",
          "t25"."decision",
          "t25"."second_handling",
          "t25"."called_back_day",
          "t25"."responded",
          "t25"."solved",
          "t25"."satisfied",
          "t25"."excluded",
          "t25"."from_day",
          "t25"."to_day",
          "t25"."as_of",
          "t25"."topic",
          "t18"."channel_code",
          "t18"."channel_kind"
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
            "t23"."second_handling",
            "t23"."called_back_day",
            "t23"."responded",
            "t23"."solved",
            "t23"."satisfied",
            "t23"."excluded",
            "t23"."from_day",
            "t23"."to_day",
            "t23"."as_of",
            "t23"."topic"
          FROM (
            SELECT
              "t22"."number",
              "t22"."seq",
              "t22"."stage",
              "t22"."channel",
              "t22"."type",
              "t22"."category",
              "t22"."district",
              "t22"."place_key",
              "t22"."lead_unit",
              "t22"."head",
              "t22"."local_day",
              "t22"."due_at",
              "t22"."due_day",
              "t22"."closed_at",
              "t22"."appellant_kind",
              "t22"."decision",
              "t22"."second_handling",
              "t22"."called_back_day",
              "t22"."responded",
              "t22"."solved",
              "t22"."satisfied",
              "t22"."excluded",
              "t22"."from_day",
              "t22"."to_day",
              "t22"."as_of",
              "t19"."path",
              "t19"."topic"
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
                "t20"."second_handling",
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
                    "t14"."second_handling",
                    "t14"."called_back_day",
                    "t14"."responded",
                    "t14"."solved",
                    "t14"."satisfied",
                    "t14"."excluded",
                    "t8"."from_day",
                    "t8"."to_day",
                    "t8"."as_of"
                  FROM (
                    SELECT
                      *
                    FROM "case_version" AS "t4"
                    WHERE
                      "t4"."kind" = 'appeal'
                  ) AS "t14"
                  CROSS JOIN "asked" AS "t8"
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
            ) AS "t22"
            LEFT OUTER JOIN (
              SELECT
                "t12"."path",
                "t12"."topic"
              FROM (
                SELECT
                  "t10"."path",
                  "t10"."topic",
                  "t10"."known_from",
                  "t10"."known_to",
                  "t9"."from_day",
                  "t9"."to_day",
                  "t9"."as_of"
                FROM "category" AS "t10"
                CROSS JOIN "asked" AS "t9"
              ) AS "t12"
              WHERE
                (
                  (
                    "t12"."known_from" IS NULL
                  ) OR (
                    "t12"."known_from" <= "t12"."as_of"
                  )
                )
                AND (
                  (
                    "t12"."known_to" IS NULL
                  ) OR (
                    "t12"."known_to" > "t12"."as_of"
                  )
                )
            ) AS "t19"
              ON "t22"."category" = "t19"."path"
          ) AS "t23"
        ) AS "t25"
        LEFT OUTER JOIN (
          SELECT
            "t11"."code" AS "channel_code",
            "t11"."kind" AS "channel_kind"
          FROM (
            SELECT
              "t6"."code",
              "t6"."top",
              "t6"."kind",
              "t6"."known_from",
              "t6"."known_to",
              "t7"."from_day",
              "t7"."to_day",
              "t7"."as_of"
            FROM "channel" AS "t6"
            CROSS JOIN "asked" AS "t7"
          ) AS "t11"
          WHERE
            (
              (
                "t11"."known_from" IS NULL
              ) OR (
                "t11"."known_from" <= "t11"."as_of"
              )
            )
            AND (
              (
                "t11"."known_to" IS NULL
              ) OR (
                "t11"."known_to" > "t11"."as_of"
              )
            )
        ) AS "t18"
          ON "t25"."channel" = "t18"."channel_code"
      ) AS "t26"
    ) AS "t27"
    WHERE
      "t27"."stage" IN ('forwarded', 'signed', 'sent_back')
      AND "t27"."due_at" IS NOT NULL
      AND "t27"."lead_unit" IS NOT NULL
      AND "t27"."local_day" <= "t27"."to_day"
  ) AS "t29"
  CROSS JOIN "horizon" AS "t5"
) AS "t30"
WHERE
  "t30"."due_at" > "t30"."tomorrow" AND "t30"."due_at" <= "t30"."soon"
