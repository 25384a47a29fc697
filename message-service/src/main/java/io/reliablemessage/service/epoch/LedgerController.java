package io.reliablemessage.service.epoch;

import io.reliablemessage.api.LedgerView;
import io.reliablemessage.service.platform.security.Role;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.RolesAllowed;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "registry")
class LedgerController {

    private final Epochs epochs;

    LedgerController(Epochs epochs) {
        this.epochs = epochs;
    }

    @GetMapping(value = "/ledger", produces = MediaType.APPLICATION_JSON_VALUE)
    @RolesAllowed(Role.Names.PRODUCER)
    @Operation(
            operationId = "getLedger",
            summary = "Shows the ledger's epoch, and how far it was restored since an earlier one",
            description =
                    "Every answer to a producer carries the epoch in `RM-Epoch`. When it grows, the database was restored, and what was"
                            + " answered after `restoredTo` may be missing: send it again, with the same ids. An answer with a lower epoch"
                            + " than the highest one seen is no proof that a message is stored.")
    LedgerView ledger(
            @Parameter(description = "the epoch known so far; it may be one that the restore has lost")
                    @RequestParam(required = false)
                    @Nullable
                    String since) {
        return epochs.view(since);
    }
}
