package io.reliablemessage.deployment.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.testing.Project;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Words that gave way to the field's own stay out of what users read; the glossary has the words in use. */
class RetiredWordsTest {

    private static final Pattern RETIRED = Pattern.compile(
            "\\b(lanes?|duty|duties|patience|couriers?|tickets?|stor(y|ies)|tall(y|ies)|signposts?|legs?|stands? still"
                    + "|taken further|(what|whatever) became of it|what it holds|as fast as they go"
                    + "|take (this filter|all filters) away)\\b"
                    + "|reliable-message\\.(ledger|registry|database|retention|console|status-checker|recovery-job"
                    + "|publishing|tracing|lanes|operations|checkback|intake|security)\\b",
            Pattern.CASE_INSENSITIVE);

    static Stream<String> whatUsersRead() {
        var documents = Document.all().stream()
                .map(Document::name)
                .filter(name -> !name.equals("CHANGELOG.md") && !name.startsWith("docs/glossary."));
        return Stream.concat(
                documents,
                Stream.of(
                        "docs/openapi.yaml",
                        "observability/rules/reliable-message.yml",
                        "message-admin-ui/src/main/resources/console/messages.properties",
                        "message-service/src/main/resources/message-service.yml"));
    }

    @ParameterizedTest
    @MethodSource("whatUsersRead")
    void noRetiredWordIsLeft(String file) {
        assertThat(RETIRED.matcher(Project.text(file)).results().map(MatchResult::group))
                .isEmpty();
    }
}
