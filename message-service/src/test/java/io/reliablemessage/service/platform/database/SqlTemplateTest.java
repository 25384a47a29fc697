package io.reliablemessage.service.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SqlTemplateTest {

    private static final SqlTemplate TEMPLATE = new SqlTemplate("""
            SELECT {columns}
              FROM (SELECT * FROM message
                     WHERE {condition}) m
             WHERE {condition}""");

    @Test
    void fillsEachPlaceAndLinesConditionsUp() {
        var sql = TEMPLATE.with("columns", "id,\nkey")
                .with("condition", "id > :first\nAND state = '$1'")
                .sql();

        assertThat(sql).isEqualTo("""
                SELECT id,
                       key
                  FROM (SELECT * FROM message
                         WHERE id > :first
                           AND state = '$1') m
                 WHERE id > :first
                   AND state = '$1'""");
    }

    @Test
    void refusesAPlaceThatIsNotThere() {
        assertThatThrownBy(() -> TEMPLATE.with("column", "id")).hasMessageContaining("no place {column}");
    }

    @Test
    void isNoSqlAsLongAsAPlaceIsEmpty() {
        assertThatThrownBy(() -> TEMPLATE.with("columns", "id").sql())
                .hasMessageContaining("{condition} is not filled");
    }
}
