SELECT
  "t33"."number",
  "t33"."seq",
  "t33"."local_day" AS "day",
  TO_CHAR("t33"."local_day", 'YYYY-MM') AS "month",
  "t33"."district",
  "t33"."lead_unit" AS "unit",
  "t33"."category",
  "t33"."channel",
  "t33"."type",
  "t33"."topic",
  "t33"."place_key" AS "place",
  "t33"."appellant_kind",
  TRUE AS "counted",
  FALSE AS "excluded"
FROM (
  SELECT
    *
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
      "t31"."as_of",
      "t31"."topic",
      "t31"."channel_kind",
      "t23"."head_number",
      "t23"."head_stage",
      "t23"."head_due_at",
      "t23"."head_closed_at"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t27"."number",
          "t27"."seq",
          "t27"."stage",
          "t27"."channel",
          "t27"."type",
          "t27"."category",
          "t27"."district",
          "t27"."place_key",
          "t27"."lead_unit",
          "t27"."head",
          "t27"."local_day",
          "t27"."due_at",
          "t27"."due_day",
          "t27"."closed_at",
          "t27"."appellant_kind",
          "t27"."decision",
          "t27"."second_handling",
          "t27"."called_back_day",
          "t27"."responded",
          "t27"."solved",
          "t27"."satisfied",
          "t27"."excluded",
          "t27"."from_day",
          "t27"."to_day",
          "t27"."as_of",
          "t27"."topic",
          "t27"."channel_kind"
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
            "t16"."channel_code",
            "t16"."channel_kind"
          FROM (
            SELECT
              "t24"."number",
              "t24"."seq",
              "t24"."stage",
              "t24"."channel",
              "t24"."type",
              "t24"."category",
              "t24"."district",
              "t24"."place_key",
              "t24"."lead_unit",
              "t24"."head",
              "t24"."local_day",
              "t24"."due_at",
              "t24"."due_day",
              "t24"."closed_at",
              "t24"."appellant_kind",
              "t24"."decision",
              "t24"."second_handling",
              "t24"."called_back_day",
              "t24"."responded",
              "t24"."solved",
              "t24"."satisfied",
              "t24"."excluded",
              "t24"."from_day",
              "t24"."to_day",
              "t24"."as_of",
              "t24"."topic"
            FROM (
              SELECT
                "t21"."number",
                "t21"."seq",
                "t21"."stage",
                "t21"."channel",
                "t21"."type",
                "t21"."category",
                "t21"."district",
                "t21"."place_key",
                "t21"."lead_unit",
                "t21"."head",
                "t21"."local_day",
                "t21"."due_at",
                "t21"."due_day",
                "t21"."closed_at",
                "t21"."appellant_kind",
                "t21"."decision",
                "t21"."second_handling",
                "t21"."called_back_day",
                "t21"."responded",
                "t21"."solved",
                "t21"."satisfied",
                "t21"."excluded",
                "t21"."from_day",
                "t21"."to_day",
                "t21"."as_of",
                "t17"."path",
                "t17"."topic"
              FROM (
                SELECT
                  "t18"."number",
                  "t18"."seq",
                  "t18"."stage",
                  "t18"."channel",
                  "t18"."type",
                  "t18"."category",
                  "t18"."district",
                  "t18"."place_key",
                  "t18"."lead_unit",
                  "t18"."head",
                  "t18"."local_day",
                  "t18"."due_at",
                  "t18"."due_day",
                  "t18"."closed_at",
                  "t18"."appellant_kind",
                  "t18"."decision",
                  "t18"."second_handling",
                  "t18"."called_back_day",
                  "t18"."responded",
                  "t18"."solved",
                  "t18"."satisfied",
                  "t18"."excluded",
                  "t18"."from_day",
                  "t18"."to_day",
                  "t18"."as_of"
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t12"."number",
                      "t12"."seq",
                      "t12"."kind",
                      "t12"."known_from",
                      "t12"."known_to",
                      "t12"."stage",
                      "t12"."channel",
                      "t12"."type",
                      "t12"."category",
                      "t12"."district",
                      "t12"."place_key",
                      "t12"."lead_unit",
                      "t12"."head",
                      "t12"."local_day",
                      "t12"."due_at",
                      "t12"."due_day",
                      "t12"."closed_at",
                      "t12"."appellant_kind",
                      "t12"."decision",
                      "t12"."second_handling",
                      "t12"."called_back_day",
                      "t12"."responded",
                      "t12"."solved",
                      "t12"."satisfied",
                      "t12"."excluded",
                      "t6"."from_day",
                      "t6"."to_day",
                      "t6"."as_of"
                    FROM (
                      SELECT
                        *
                      FROM "case_version" AS "t2"
                      WHERE
                        "t2"."kind" = 'appeal'
                    ) AS "t12"
                    CROSS JOIN "asked" AS "t6"
                  ) AS "t13"
                  WHERE
                    "t13"."known_from" <= "t13"."as_of"
                    AND (
                      (
                        "t13"."known_to" IS NULL
                      ) OR (
                        "t13"."known_to" > "t13"."as_of"
                      )
                    )
                ) AS "t18"
              ) AS "t21"
              LEFT OUTER JOIN (
                SELECT
                  "t11"."path",
                  "t11"."topic"
                FROM (
                  SELECT
                    "t8"."path",
                    "t8"."topic",
                    "t8"."known_from",
                    "t8"."known_to",
                    "t7"."from_day",
                    "t7"."to_day",
                    "t7"."as_of"
                  FROM "category" AS "t8"
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
              ) AS "t17"
                ON "t21"."category" = "t17"."path"
            ) AS "t24"
          ) AS "t26"
          LEFT OUTER JOIN (
            SELECT
              "t9"."code" AS "channel_code",
              "t9"."kind" AS "channel_kind"
            FROM (
              SELECT
                "t4"."code",
                "t4"."top",
                "t4"."kind",
                "t4"."known_from",
                "t4"."known_to",
                "t5"."from_day",
                "t5"."to_day",
                "t5"."as_of"
              FROM "channel" AS "t4"
              CROSS JOIN "asked" AS "t5"
            ) AS "t9"
            WHERE
              (
                (
                  "t9"."known_from" IS NULL
                ) OR (
                  "t9"."known_from" <= "t9"."as_of"
                )
              )
              AND (
                (
                  "t9"."known_to" IS NULL
                ) OR (
                  "t9"."known_to" > "t9"."as_of"
                )
              )
          ) AS "t16"
            ON "t26"."channel" = "t16"."channel_code"
        ) AS "t27"
      ) AS "t28"
      WHERE
        "t28"."local_day" >= "t28"."from_day"
        AND "t28"."local_day" <= "t28"."to_day"
        AND "t28"."stage" = 'merged'
    ) AS "t31"
    LEFT OUTER JOIN (
      SELECT
        "t20"."number" AS "head_number",
        "t20"."stage" AS "head_stage",
        "t20"."due_at" AS "head_due_at",
        "t20"."closed_at" AS "head_closed_at"
      FROM (
        SELECT
          "t18"."number",
          "t18"."seq",
          "t18"."stage",
          "t18"."channel",
          "t18"."type",
          "t18"."category",
          "t18"."district",
          "t18"."place_key",
          "t18"."lead_unit",
          "t18"."head",
          "t18"."local_day",
          "t18"."due_at",
          "t18"."due_day",
          "t18"."closed_at",
          "t18"."appellant_kind",
          "t18"."decision",
          "t18"."second_handling",
          "t18"."called_back_day",
          "t18"."responded",
          "t18"."solved",
          "t18"."satisfied",
          "t18"."excluded",
          "t18"."from_day",
          "t18"."to_day",
          "t18"."as_of"
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t12"."number",
              "t12"."seq",
              "t12"."kind",
              "t12"."known_from",
              "t12"."known_to",
              "t12"."stage",
              "t12"."channel",
              "t12"."type",
              "t12"."category",
              "t12"."district",
              "t12"."place_key",
              "t12"."lead_unit",
              "t12"."head",
              "t12"."local_day",
              "t12"."due_at",
              "t12"."due_day",
              "t12"."closed_at",
              "t12"."appellant_kind",
              "t12"."decision",
              "t12"."second_handling",
              "t12"."called_back_day",
              "t12"."responded",
              "t12"."solved",
              "t12"."satisfied",
              "t12"."excluded",
              "t6"."from_day",
              "t6"."to_day",
              "t6"."as_of"
            FROM (
              SELECT
                *
              FROM "case_version" AS "t2"
              WHERE
                "t2"."kind" = 'appeal'
            ) AS "t12"
            CROSS JOIN "asked" AS "t6"
          ) AS "t13"
          WHERE
            "t13"."known_from" <= "t13"."as_of"
            AND (
              (
                "t13"."known_to" IS NULL
              ) OR (
                "t13"."known_to" > "t13"."as_of"
              )
            )
        ) AS "t18"
      ) AS "t20"
    ) AS "t23"
      ON "t31"."head" = "t23"."head_number"
  ) AS "t32"
  UNION ALL
  SELECT
    *
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
      "t28"."second_handling",
      "t28"."called_back_day",
      "t28"."responded",
      "t28"."solved",
      "t28"."satisfied",
      "t28"."excluded",
      "t28"."from_day",
      "t28"."to_day",
      "t28"."as_of",
      "t28"."topic",
      "t28"."channel_kind",
      "t28"."number" AS "head_number",
      "t28"."stage" AS "head_stage",
      "t28"."due_at" AS "head_due_at",
      "t28"."closed_at" AS "head_closed_at"
    FROM (
      SELECT
        "t27"."number",
        "t27"."seq",
        "t27"."stage",
        "t27"."channel",
        "t27"."type",
        "t27"."category",
        "t27"."district",
        "t27"."place_key",
        "t27"."lead_unit",
        "t27"."head",
        "t27"."local_day",
        "t27"."due_at",
        "t27"."due_day",
        "t27"."closed_at",
        "t27"."appellant_kind",
        "t27"."decision",
        "t27"."second_handling",
        "t27"."called_back_day",
        "t27"."responded",
        "t27"."solved",
        "t27"."satisfied",
        "t27"."excluded",
        "t27"."from_day",
        "t27"."to_day",
        "t27"."as_of",
        "t27"."topic",
        "t27"."channel_kind"
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
          "t16"."channel_code",
          "t16"."channel_kind"
        FROM (
          SELECT
            "t24"."number",
            "t24"."seq",
            "t24"."stage",
            "t24"."channel",
            "t24"."type",
            "t24"."category",
            "t24"."district",
            "t24"."place_key",
            "t24"."lead_unit",
            "t24"."head",
            "t24"."local_day",
            "t24"."due_at",
            "t24"."due_day",
            "t24"."closed_at",
            "t24"."appellant_kind",
            "t24"."decision",
            "t24"."second_handling",
            "t24"."called_back_day",
            "t24"."responded",
            "t24"."solved",
            "t24"."satisfied",
            "t24"."excluded",
            "t24"."from_day",
            "t24"."to_day",
            "t24"."as_of",
            "t24"."topic"
          FROM (
            SELECT
              "t21"."number",
              "t21"."seq",
              "t21"."stage",
              "t21"."channel",
              "t21"."type",
              "t21"."category",
              "t21"."district",
              "t21"."place_key",
              "t21"."lead_unit",
              "t21"."head",
              "t21"."local_day",
              "t21"."due_at",
              "t21"."due_day",
              "t21"."closed_at",
              "t21"."appellant_kind",
              "t21"."decision",
              "t21"."second_handling",
              "t21"."called_back_day",
              "t21"."responded",
              "t21"."solved",
              "t21"."satisfied",
              "t21"."excluded",
              "t21"."from_day",
              "t21"."to_day",
              "t21"."as_of",
              "t17"."path",
              "t17"."topic"
            FROM (
              SELECT
                "t18"."number",
                "t18"."seq",
                "t18"."stage",
                "t18"."channel",
                "t18"."type",
                "t18"."category",
                "t18"."district",
                "t18"."place_key",
                "t18"."lead_unit",
                "t18"."head",
                "t18"."local_day",
                "t18"."due_at",
                "t18"."due_day",
                "t18"."closed_at",
                "t18"."appellant_kind",
                "t18"."decision",
                "t18"."second_handling",
                "t18"."called_back_day",
                "t18"."responded",
                "t18"."solved",
                "t18"."satisfied",
                "t18"."excluded",
                "t18"."from_day",
                "t18"."to_day",
                "t18"."as_of"
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    "t12"."number",
                    "t12"."seq",
                    "t12"."kind",
                    "t12"."known_from",
                    "t12"."known_to",
                    "t12"."stage",
                    "t12"."channel",
                    "t12"."type",
                    "t12"."category",
                    "t12"."district",
                    "t12"."place_key",
                    "t12"."lead_unit",
                    "t12"."head",
                    "t12"."local_day",
                    "t12"."due_at",
                    "t12"."due_day",
                    "t12"."closed_at",
                    "t12"."appellant_kind",
                    "t12"."decision",
                    "t12"."second_handling",
                    "t12"."called_back_day",
                    "t12"."responded",
                    "t12"."solved",
                    "t12"."satisfied",
                    "t12"."excluded",
                    "t6"."from_day",
                    "t6"."to_day",
                    "t6"."as_of"
                  FROM (
                    SELECT
                      *
                    FROM "case_version" AS "t2"
                    WHERE
                      "t2"."kind" = 'appeal'
                  ) AS "t12"
                  CROSS JOIN "asked" AS "t6"
                ) AS "t13"
                WHERE
                  "t13"."known_from" <= "t13"."as_of"
                  AND (
                    (
                      "t13"."known_to" IS NULL
                    ) OR (
                      "t13"."known_to" > "t13"."as_of"
                    )
                  )
              ) AS "t18"
            ) AS "t21"
            LEFT OUTER JOIN (
              SELECT
                "t11"."path",
                "t11"."topic"
              FROM (
                SELECT
                  "t8"."path",
                  "t8"."topic",
                  "t8"."known_from",
                  "t8"."known_to",
                  "t7"."from_day",
                  "t7"."to_day",
                  "t7"."as_of"
                FROM "category" AS "t8"
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
            ) AS "t17"
              ON "t21"."category" = "t17"."path"
          ) AS "t24"
        ) AS "t26"
        LEFT OUTER JOIN (
          SELECT
            "t9"."code" AS "channel_code",
            "t9"."kind" AS "channel_kind"
          FROM (
            SELECT
              "t4"."code",
              "t4"."top",
              "t4"."kind",
              "t4"."known_from",
              "t4"."known_to",
              "t5"."from_day",
              "t5"."to_day",
              "t5"."as_of"
            FROM "channel" AS "t4"
            CROSS JOIN "asked" AS "t5"
          ) AS "t9"
          WHERE
            (
              (
                "t9"."known_from" IS NULL
              ) OR (
                "t9"."known_from" <= "t9"."as_of"
              )
            )
            AND (
              (
                "t9"."known_to" IS NULL
              ) OR (
                "t9"."known_to" > "t9"."as_of"
              )
            )
        ) AS "t16"
          ON "t26"."channel" = "t16"."channel_code"
      ) AS "t27"
    ) AS "t28"
    WHERE
      "t28"."local_day" >= "t28"."from_day"
      AND "t28"."local_day" <= "t28"."to_day"
      AND "t28"."stage" <> 'merged'
  ) AS "t29"
) AS "t33"
WHERE
  NOT (
    "t33"."stage" IN ('closed', 'settled', 'finalised', 'declined', 'withdrawn', 'transferred')
    OR (
      (
        "t33"."stage" = 'merged'
      )
      AND COALESCE(
        "t33"."head_stage" IN ('closed', 'settled', 'finalised', 'declined', 'withdrawn', 'transferred'),
        FALSE
      )
    )
  )
  AND NOT (
    "t33"."excluded"
  )
  AND COALESCE(
    CASE
      WHEN "t33"."stage" = 'merged'
      THEN "t33"."head_closed_at"
      ELSE "t33"."closed_at"
    END,
    "t33"."as_of"
  ) > CASE WHEN "t33"."stage" = 'merged' THEN "t33"."head_due_at" ELSE "t33"."due_at" END
