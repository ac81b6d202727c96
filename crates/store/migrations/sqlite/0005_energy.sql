-- What an answer took, in microjoules, by which method; whether a model was asked for words on it, and what became of these.
ALTER TABLE turns ADD COLUMN energy_uj INTEGER;
ALTER TABLE turns ADD COLUMN energy_method TEXT;
ALTER TABLE turns ADD COLUMN by_model INTEGER NOT NULL DEFAULT 0;
ALTER TABLE turns ADD COLUMN model_shown INTEGER NOT NULL DEFAULT 0;
ALTER TABLE turns ADD COLUMN model_dropped INTEGER NOT NULL DEFAULT 0;
-- Holds all that the public page of figures counts, so that it is shown without walking over sealed transcripts.
CREATE INDEX turns_for_figures ON turns
    (site, at, channel, verdict, by_model, energy_method, energy_uj, model_shown, model_dropped);
