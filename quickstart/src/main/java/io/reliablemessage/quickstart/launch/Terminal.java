package io.reliablemessage.quickstart.launch;

import java.io.PrintStream;

/** Prints progress for the user. */
record Terminal(PrintStream out) {

    void print(String format, Object... values) {
        out.println(format.formatted(values));
        out.flush();
    }
}
