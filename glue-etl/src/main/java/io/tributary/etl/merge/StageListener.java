package io.tributary.etl.merge;

/** Is told how far a merge has come; what it throws ends the merge there. Called on the merging thread. */
public interface StageListener {
    /** Listens to nothing. */
    StageListener NONE = (table, stage) -> {};

    /** The merge of a table has come to a stage. */
    void reached(String table, Stage stage);
}
