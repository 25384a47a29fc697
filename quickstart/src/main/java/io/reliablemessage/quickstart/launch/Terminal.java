package io.reliablemessage.quickstart.launch;

import java.io.PrintStream;

/** Where the user reads what is going on. */
record Terminal(PrintStream out) {

    void say(String format, Object... values) {
        out.println(format.formatted(values));
        out.flush();
    }
}
