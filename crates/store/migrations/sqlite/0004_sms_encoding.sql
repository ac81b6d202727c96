-- All parts of a message travel alike: a part of plain letters does not show how the others do.
ALTER TABLE sms_outbox ADD COLUMN encoding TEXT NOT NULL DEFAULT 'gsm';
