package io.reliablemessage.service.admin.overview;

import io.reliablemessage.adminapi.overview.OverviewView;
import io.reliablemessage.adminapi.overview.RatesView;
import io.reliablemessage.adminapi.overview.Window;
import io.reliablemessage.service.admin.common.MayRead;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/admin", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "admin")
class AdminOverviewController {

    private final Overview overview;

    AdminOverviewController(Overview overview) {
        this.overview = overview;
    }

    @GetMapping("/overview")
    @MayRead
    @Operation(operationId = "overview", summary = "Shows the overview: counts by state, and what needs attention")
    OverviewView now() {
        return overview.now();
    }

    @GetMapping("/rates")
    @MayRead
    @Operation(operationId = "rates", summary = "Lists recent rates and latencies, for charts")
    RatesView rates(@RequestParam(required = false) @Nullable Window window) {
        return overview.rates(window == null ? Window.LAST_HOUR : window);
    }
}
