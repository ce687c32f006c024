package dev.retailcrm.core.imports;

/** Is told how far an import has come, after each of its transactions. */
@FunctionalInterface
public interface ImportWatch {
    /**
     * So far has it come.
     *
     * @return whether it is to go on; if not, it ends and may be resumed from here
     */
    boolean goOn(ImportProgress progress);
}
