package io.reliablemessage.faults;

/** How long the runs are: in full, or as short as still shows something ({@code -Dfaults.form=short}). */
public final class RunLength {

    private static final boolean IS_SHORT = "short".equals(System.getProperty("faults.form"));

    private RunLength() {}

    public static <T> T of(T full, T brief) {
        return IS_SHORT ? brief : full;
    }
}
