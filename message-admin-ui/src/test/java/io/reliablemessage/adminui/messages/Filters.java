package io.reliablemessage.adminui.messages;

/** Searches for tests of other packages. */
public final class Filters {

    private Filters() {}

    public static Filter all() {
        return FilterFixture.filter("window", "all");
    }
}
