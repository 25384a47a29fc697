package io.reliablemessage.quickstart.launch;

/** Something outside this program is in the way: a fact, and what the user can do about it. */
final class StartupFailure extends RuntimeException {

    StartupFailure(String factAndRemedy) {
        super(factAndRemedy);
    }

    StartupFailure(String factAndRemedy, Throwable cause) {
        super(factAndRemedy, cause);
    }
}
