SELECT
  "t25"."number",
  "t25"."seq",
  "t25"."local_day" AS "day",
  TO_CHAR("t25"."local_day", 'YYYY-MM') AS "month",
  "t25"."district",
  "t25"."lead_unit" AS "unit",
  "t25"."category",
  "t25"."channel",
  "t25"."type",
  "t25"."topic",
  "t25"."place_key" AS "place",
  "t25"."appellant_kind",
  "t25"."repeats" AND NOT (
    "t25"."excluded"
  ) AS "counted",
  "t25"."excluded"
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
    "t24"."as_of",
    "t24"."topic",
    "t24"."channel_kind"
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
      "t23"."person_id",
      "t23"."given_at",
      "t23"."given_day",
      "t23"."contacted_at",
      "t23"."sent_back_by",
      "t23"."repeats",
      "t23"."parked_day",
      "t23"."cleared_day",
      "t23"."from_day",
      "t23"."to_day",
      "t23"."as_of",
      "t23"."topic",
      "t16"."channel_code",
      "t16"."channel_kind"
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
        "t21"."person_id",
        "t21"."given_at",
        "t21"."given_day",
        "t21"."contacted_at",
        "t21"."sent_back_by",
        "t21"."repeats",
        "t21"."parked_day",
        "t21"."cleared_day",
        "t21"."from_day",
        "t21"."to_day",
        "t21"."as_of",
        "t21"."topic"
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
          "t20"."person_id",
          "t20"."given_at",
          "t20"."given_day",
          "t20"."contacted_at",
          "t20"."sent_back_by",
          "t20"."repeats",
          "t20"."parked_day",
          "t20"."cleared_day",
          "t20"."from_day",
          "t20"."to_day",
          "t20"."as_of",
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
            "t18"."person_id",
            "t18"."given_at",
            "t18"."given_day",
            "t18"."contacted_at",
            "t18"."sent_back_by",
            "t18"."repeats",
            "t18"."parked_day",
            "t18"."cleared_day",
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
                "t12"."person_id",
                "t12"."given_at",
                "t12"."given_day",
                "t12"."contacted_at",
                "t12"."sent_back_by",
                "t12"."repeats",
                "t12"."parked_day",
                "t12"."cleared_day",
                "t6"."from_day",
                "t6"."to_day",
                "t6"."as_of"
              FROM (
                SELECT
                  *
                FROM "case_version" AS "t3"
                WHERE
                  "t3"."kind" = 'appeal'
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
        LEFT OUTER JOIN (
          SELECT
            "t10"."path",
            "t10"."topic"
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
          ) AS "t10"
          WHERE
            (
              (
                "t10"."known_from" IS NULL
              ) OR (
                "t10"."known_from" <= "t10"."as_of"
              )
            )
            AND (
              (
                "t10"."known_to" IS NULL
              ) OR (
                "t10"."known_to" > "t10"."as_of"
              )
            )
        ) AS "t17"
          ON "t20"."category" = "t17"."path"
      ) AS "t21"
    ) AS "t23"
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
      ON "t23"."channel" = "t16"."channel_code"
  ) AS "t24"
) AS "t25"
WHERE
  "t25"."local_day" >= "t25"."from_day" AND "t25"."local_day" <= "t25"."to_day"
