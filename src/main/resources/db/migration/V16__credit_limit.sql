-- How far below zero a team's balance may go.

ALTER TABLE team
    ADD COLUMN credit_limit numeric CHECK (credit_limit >= 0),
    ADD CONSTRAINT team_prepaid_owes_nothing CHECK (credit_limit IS NULL OR billing_mode = 'postpaid'),
    -- The same for both modes: not at all, as far as the limit, or as far as it likes (null). Said here once for all who ask.
    ADD COLUMN overdraft numeric GENERATED ALWAYS AS (CASE billing_mode WHEN 'prepaid' THEN 0 ELSE credit_limit END) STORED;
