package io.reliablemessage.adminapi.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of operations, newest first.
 *
 * @param next the cursor of the next page; none: this is the last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OperationsView(
        List<OperationView> items, @Nullable String next) {}
