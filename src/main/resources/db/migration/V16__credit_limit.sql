-- How far below zero a team's balance may go, and credit that was taken back.

ALTER TABLE team
    ADD COLUMN credit_limit numeric CHECK (credit_limit >= 0),
    ADD CONSTRAINT team_prepaid_owes_nothing CHECK (credit_limit IS NULL OR billing_mode = 'postpaid'),
    -- The same for both modes: not at all, as far as the limit, or as far as it likes (null). Said here once for all who ask.
    ADD COLUMN overdraft numeric GENERATED ALWAYS AS (CASE billing_mode WHEN 'prepaid' THEN 0 ELSE credit_limit END) STORED;

ALTER TABLE credit_grant
    ADD COLUMN voided numeric NOT NULL DEFAULT 0 CHECK (voided >= 0),
    ADD CONSTRAINT credit_grant_whole CHECK (remaining + expired + voided <= amount);
