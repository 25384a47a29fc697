package io.reliablemessage.deployment.image;

import io.reliablemessage.testing.Project;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The project's Dockerfile, instruction by instruction. */
record Dockerfile(List<Instruction> instructions) {

    /** @param keyword such as RUN */
    record Instruction(String keyword, String arguments) {

        /** The words of its JSON form: {@code ["java", "-jar"]}. */
        List<String> words() {
            return JsonMapper.shared()
                    .readValue(arguments.substring(arguments.indexOf('[')), new TypeReference<List<String>>() {});
        }
    }

    static Dockerfile read() {
        var lines = Project.text("Dockerfile").replaceAll("(?m)^#.*\n", "").replaceAll("\\\\\n\\s*", "");
        return new Dockerfile(lines.lines()
                .filter(line -> !line.isBlank())
                .map(line -> line.split(" ", 2))
                .map(words -> new Instruction(words[0], words[1]))
                .toList());
    }

    Stream<String> all(String keyword) {
        return instructions.stream()
                .filter(instruction -> instruction.keyword().equals(keyword))
                .map(Instruction::arguments);
    }

    Instruction the(String keyword) {
        return instructions.stream()
                .filter(instruction -> instruction.keyword().equals(keyword))
                .findFirst()
                .orElseThrow();
    }

    String runThatContains(String text) {
        return all("RUN").filter(command -> command.contains(text)).findFirst().orElseThrow();
    }
}
