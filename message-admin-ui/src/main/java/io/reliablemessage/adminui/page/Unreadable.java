package io.reliablemessage.adminui.page;

/** A part of a page's URL or form that cannot be read. Left out, it would widen what the page or the action is about. */
public final class Unreadable extends RuntimeException {

    public Unreadable(String name, String given) {
        super("%s = %s".formatted(name, given));
    }
}
