package io.reliablemessage.adminui.messages;

import io.reliablemessage.adminapi.message.ContentView;
import io.reliablemessage.adminui.api.ServiceUnavailable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message's payload, as text where possible.
 *
 * @param text null: the bytes are not UTF-8
 * @param tree null: the text is not JSON
 */
record Payload(
        ContentView content,
        byte[] bytes,
        @Nullable String text,
        @Nullable JsonTree tree) {

    private static final int MAX_TEXT = 65_536;
    private static final int MAX_HEX = 4_096;
    private static final int ROW = 16;

    /** Sixteen bytes, as numbers and as printable characters. */
    record HexRow(String offset, String bytes, String characters) {}

    static Payload of(ContentView content) {
        var bytes = bytes(content);
        var text = decoded(bytes);
        return new Payload(
                content, bytes, text, text == null ? null : JsonTree.of(text).orElse(null));
    }

    static byte[] bytes(ContentView content) {
        try {
            return Base64.getDecoder().decode(content.payload());
        } catch (IllegalArgumentException malformed) {
            throw new ServiceUnavailable("a payload that is no base64", malformed);
        }
    }

    public String shownText() {
        if (text == null || !isTextCut()) {
            return text == null ? "" : text;
        }
        var isHalved = Character.isHighSurrogate(text.charAt(MAX_TEXT - 1));
        return text.substring(0, isHalved ? MAX_TEXT - 1 : MAX_TEXT);
    }

    public boolean isTextCut() {
        return text != null && text.length() > MAX_TEXT;
    }

    public boolean isHexCut() {
        return bytes.length > MAX_HEX;
    }

    /** The default form to show. */
    public String usualForm() {
        return text == null ? "hex" : tree == null ? "text" : "tree";
    }

    public List<HexRow> hex() {
        var rows = new ArrayList<HexRow>();
        for (int at = 0; at < Math.min(bytes.length, MAX_HEX); at += ROW) {
            var row = Arrays.copyOfRange(bytes, at, Math.min(at + ROW, bytes.length));
            rows.add(new HexRow("%06x".formatted(at), HexFormat.ofDelimiter(" ").formatHex(row), printed(row)));
        }
        return rows;
    }

    private static String printed(byte[] row) {
        var characters = new StringBuilder();
        for (var value : row) {
            characters.append(value >= 0x20 && value < 0x7f ? (char) value : '·');
        }
        return characters.toString();
    }

    private static @Nullable String decoded(byte[] bytes) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return Optional.of(text).filter(Payload::isPrintable).orElse(null);
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static boolean isPrintable(String text) {
        return text.chars().noneMatch(c -> Character.isISOControl(c) && "\t\r\n".indexOf(c) < 0);
    }
}
