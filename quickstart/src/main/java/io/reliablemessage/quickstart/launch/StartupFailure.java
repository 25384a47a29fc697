package io.reliablemessage.quickstart.launch;

/** Stops the start for an external reason: a fact and its remedy. */
final class StartupFailure extends RuntimeException {

    StartupFailure(String factAndRemedy) {
        super(factAndRemedy);
    }

    StartupFailure(String factAndRemedy, Throwable cause) {
        super(factAndRemedy, cause);
    }
}
