package io.reliablemessage.spring.internal.settling;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Compares epochs as the numbers they are: up to 19 digits, too many for a signed long. */
final class Epochs {

    private Epochs() {}

    static int compare(String one, String other) {
        return number(one).compareTo(number(other));
    }

    static boolean isHigher(@Nullable String one, @Nullable String than) {
        return one != null && (than == null || compare(one, than) > 0);
    }

    private static BigInteger number(String epoch) {
        try {
            return new BigInteger(epoch);
        } catch (NumberFormatException notOne) {
            return BigInteger.ZERO; // lower than any, so that what it stands for is compared again
        }
    }
}
