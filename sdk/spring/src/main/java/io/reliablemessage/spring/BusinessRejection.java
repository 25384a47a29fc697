package io.reliablemessage.spring;

import java.util.regex.Pattern;

/**
 * Thrown by a handler for a message that can never succeed, for a business reason: the handler's transaction is rolled
 * back, and the message is not sent again. The same holds if this is the cause of what the handler throws.
 */
public class BusinessRejection extends RuntimeException {

    // As the service takes it. Checked here, since the service would refuse it when nobody is looking.
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private final String code;

    /**
     * @param code short and stable, such as {@code OUT_OF_STOCK}: letters, digits, {@code . _ -}, at most 100
     * @param reason for people
     */
    public BusinessRejection(String code, String reason) {
        super(reason);
        if (!CODE.matcher(code).matches()) {
            throw new IllegalArgumentException(
                    "The code of a rejection is '" + code + "', but takes 1 to 100 letters, digits, '.', '_' and '-'");
        }
        this.code = code;
    }

    public String code() {
        return code;
    }
}
