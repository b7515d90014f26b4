SELECT
  "t34"."number",
  "t34"."seq",
  "t34"."given_day" AS "day",
  TO_CHAR("t34"."given_day", 'YYYY-MM') AS "month",
  "t34"."district",
  "t34"."lead_unit" AS "unit",
  "t34"."category",
  "t34"."channel",
  "t34"."type",
  "t34"."topic",
  "t34"."place_key" AS "place",
  "t34"."appellant_kind",
  COALESCE(
    "t34"."contacted_at" <= (
      "t34"."given_at" + MAKE_INTERVAL(hours => CAST("t34"."contact_hours" AS INT))
    ),
    FALSE
  )
  AND NOT (
    "t34"."excluded"
  ) AS "counted",
  "t34"."excluded"
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
    "t33"."person_id",
    "t33"."given_at",
    "t33"."given_day",
    "t33"."contacted_at",
    "t33"."sent_back_by",
    "t33"."repeats",
    "t33"."parked_day",
    "t33"."cleared_day",
    "t33"."from_day",
    "t33"."to_day",
    "t33"."as_of",
    "t33"."topic",
    "t33"."channel_kind",
    "t21"."contact_hours"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t30"."number",
        "t30"."seq",
        "t30"."stage",
        "t30"."channel",
        "t30"."type",
        "t30"."category",
        "t30"."district",
        "t30"."place_key",
        "t30"."lead_unit",
        "t30"."head",
        "t30"."local_day",
        "t30"."due_at",
        "t30"."due_day",
        "t30"."closed_at",
        "t30"."appellant_kind",
        "t30"."decision",
        "t30"."second_handling",
        "t30"."called_back_day",
        "t30"."responded",
        "t30"."solved",
        "t30"."satisfied",
        "t30"."excluded",
        "t30"."person_id",
        "t30"."given_at",
        "t30"."given_day",
        "t30"."contacted_at",
        "t30"."sent_back_by",
        "t30"."repeats",
        "t30"."parked_day",
        "t30"."cleared_day",
        "t30"."from_day",
        "t30"."to_day",
        "t30"."as_of",
        "t30"."topic",
        "t30"."channel_kind"
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
          "t29"."person_id",
          "t29"."given_at",
          "t29"."given_day",
          "t29"."contacted_at",
          "t29"."sent_back_by",
          "t29"."repeats",
          "t29"."parked_day",
          "t29"."cleared_day",
          "t29"."from_day",
          "t29"."to_day",
          "t29"."as_of",
          "t29"."topic",
          "t22"."channel_code",
          "t22"."channel_kind"
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
            "t27"."person_id",
            "t27"."given_at",
            "t27"."given_day",
            "t27"."contacted_at",
            "t27"."sent_back_by",
            "t27"."repeats",
            "t27"."parked_day",
            "t27"."cleared_day",
            "t27"."from_day",
            "t27"."to_day",
            "t27"."as_of",
            "t27"."topic"
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
              "t26"."person_id",
              "t26"."given_at",
              "t26"."given_day",
              "t26"."contacted_at",
              "t26"."sent_back_by",
              "t26"."repeats",
              "t26"."parked_day",
              "t26"."cleared_day",
              "t26"."from_day",
              "t26"."to_day",
              "t26"."as_of",
              "t23"."path",
              "t23"."topic"
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
                "t24"."person_id",
                "t24"."given_at",
                "t24"."given_day",
                "t24"."contacted_at",
                "t24"."sent_back_by",
                "t24"."repeats",
                "t24"."parked_day",
                "t24"."cleared_day",
                "t24"."from_day",
                "t24"."to_day",
                "t24"."as_of"
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    "t16"."number",
                    "t16"."seq",
                    "t16"."kind",
                    "t16"."known_from",
                    "t16"."known_to",
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
                    "t16"."second_handling",
                    "t16"."called_back_day",
                    "t16"."responded",
                    "t16"."solved",
                    "t16"."satisfied",
                    "t16"."excluded",
                    "t16"."person_id",
                    "t16"."given_at",
                    "t16"."given_day",
                    "t16"."contacted_at",
                    "t16"."sent_back_by",
                    "t16"."repeats",
                    "t16"."parked_day",
                    "t16"."cleared_day",
                    "t8"."from_day",
                    "t8"."to_day",
                    "t8"."as_of"
                  FROM (
                    SELECT
                      *
                    FROM "case_version" AS "t4"
                    WHERE
                      "t4"."kind" = 'appeal'
                  ) AS "t16"
                  CROSS JOIN "asked" AS "t8"
                ) AS "t17"
                WHERE
                  "t17"."known_from" <= "t17"."as_of"
                  AND (
                    (
                      "t17"."known_to" IS NULL
                    ) OR (
                      "t17"."known_to" > "t17"."as_of"
                    )
                  )
              ) AS "t24"
            ) AS "t26"
            LEFT OUTER JOIN (
              SELECT
                "t14"."path",
                "t14"."topic"
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
            ) AS "t23"
              ON "t26"."category" = "t23"."path"
          ) AS "t27"
        ) AS "t29"
        LEFT OUTER JOIN (
          SELECT
            "t13"."code" AS "channel_code",
            "t13"."kind" AS "channel_kind"
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
          ) AS "t13"
          WHERE
            (
              (
                "t13"."known_from" IS NULL
              ) OR (
                "t13"."known_from" <= "t13"."as_of"
              )
            )
            AND (
              (
                "t13"."known_to" IS NULL
              ) OR (
                "t13"."known_to" > "t13"."as_of"
              )
            )
        ) AS "t22"
          ON "t29"."channel" = "t22"."channel_code"
      ) AS "t30"
    ) AS "t31"
    WHERE
      "t31"."given_day" >= "t31"."from_day"
      AND "t31"."given_day" <= "t31"."to_day"
      AND "t31"."person_id" IS NOT NULL
  ) AS "t33"
  CROSS JOIN (
    SELECT
      "t12"."value" AS "contact_hours"
    FROM (
      SELECT
        "t5"."code",
        "t5"."value",
        "t5"."known_from",
        "t5"."known_to",
        "t6"."from_day",
        "t6"."to_day",
        "t6"."as_of"
      FROM "city_setting" AS "t5"
      CROSS JOIN "asked" AS "t6"
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
      AND "t12"."code" = 'contact_hours'
  ) AS "t21"
) AS "t34"
WHERE
  (
    "t34"."contacted_at" IS NOT NULL
  )
  OR (
    (
      (
        "t34"."given_at" + MAKE_INTERVAL(hours => CAST("t34"."contact_hours" AS INT))
      ) <= "t34"."as_of"
    )
    AND NOT (
      COALESCE(
        (
          "t34"."closed_at" IS NOT NULL
        )
        AND (
          "t34"."closed_at" < (
            "t34"."given_at" + MAKE_INTERVAL(hours => CAST("t34"."contact_hours" AS INT))
          )
        ),
        FALSE
      )
    )
  )
