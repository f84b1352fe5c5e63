package dev.lexigram.tenancy.spring.login;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.enforcement.RequireTenant;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Spring Security reads the users before anybody knows the tenant. */
@RestController
@SpringBootApplication
public class LoginApplication {

    @GetMapping("/whose")
    @RequireTenant
    String whose() {
        return TenantContext.require().id().value();
    }

    @Bean
    UserDetailsService users(JdbcClient jdbc) {
        return name -> jdbc.sql("select password from app_user where name = ?")
                .param(name)
                .query(String.class)
                .optional()
                .map(password -> User.withUsername(name)
                        .password("{noop}" + password)
                        .roles("USER")
                        .build())
                .orElseThrow(() -> new UsernameNotFoundException(name));
    }

    @Bean
    SecurityFilterChain security(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(routes -> routes.anyRequest().authenticated())
                .httpBasic(Customizer.withDefaults())
                .build();
    }
}
