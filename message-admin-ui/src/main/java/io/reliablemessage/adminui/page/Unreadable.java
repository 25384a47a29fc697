package io.reliablemessage.adminui.page;

/** A part of a page's URL or form that cannot be read. Without it the page or the action would be about more. */
public final class Unreadable extends RuntimeException {

    private static final int MAX_NAME = 100;

    private final String problem;

    private Unreadable(String problem, String part) {
        super(part);
        this.problem = problem;
    }

    public static Unreadable value(String name, String given) {
        return new Unreadable("problem.unreadable", "%s = %s".formatted(name, given));
    }

    /** Also for one that is missing where it must be given. */
    public static Unreadable blank(String name) {
        return new Unreadable("problem.blank", name);
    }

    static Unreadable twice(String name) {
        return new Unreadable("problem.twice", name);
    }

    static Unreadable unknown(String name) {
        return new Unreadable("problem.unknown", name.substring(0, Math.min(name.length(), MAX_NAME)));
    }

    /** The key of its text. */
    String problem() {
        return problem;
    }
}
