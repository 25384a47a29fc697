package io.reliablemessage.adminui.login;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

@Controller
class LoginController {

    private final LoginProperties properties;
    private final List<ClientRegistration> providers = new ArrayList<>();

    LoginController(LoginProperties properties, ObjectProvider<ClientRegistrationRepository> repository) {
        this.properties = properties;
        if (repository.getIfAvailable() instanceof Iterable<?> registrations) {
            registrations.forEach(registration -> providers.add((ClientRegistration) registration));
        }
    }

    @GetMapping("/login")
    String login(Model model, @Nullable Authentication login) {
        if (login != null) {
            return "redirect:/";
        }
        model.addAttribute("providers", providers);
        model.addAttribute("hasUsers", !properties.users().isEmpty());
        return "login";
    }
}
