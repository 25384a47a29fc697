package io.reliablemessage.quickstart.launch;

/** Something outside this program is in the way: a fact, and what the user can do about it. */
final class CannotStart extends RuntimeException {

    CannotStart(String factAndRemedy) {
        super(factAndRemedy);
    }

    CannotStart(String factAndRemedy, Throwable cause) {
        super(factAndRemedy, cause);
    }
}
