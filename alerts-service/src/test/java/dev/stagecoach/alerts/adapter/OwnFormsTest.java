package dev.stagecoach.alerts.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnFormsTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "?",
            value = {
                "same-origin, ?,                              console.example,      true",
                "none,        ?,                              console.example,      true",
                "same-origin, https://evil.example,           console.example,      true",
                "cross-site,  https://console.example,        console.example,      false",
                "same-site,   https://other.example,          console.example,      false",
                "'',          https://console.example,        console.example,      false",
                "?,           https://console.example,        console.example,      true",
                "?,           http://localhost:8080,          localhost:8080,       true",
                "?,           http://LOCALHOST:8080,          localhost:8080,       true",
                "?,           http://localhost:9090,          localhost:8080,       false",
                "?,           https://console.example.evil,   console.example,      false",
                "?,           https://user@console.example,   console.example,      false",
                "?,           null,                           console.example,      false",
                "?,           null,                           null,                 false",
                "?,           nonsense here,                  console.example,      false",
                "?,           ?,                              console.example,      false",
                "?,           https://console.example,        ?,                    false",
            })
    void aRequestIsOwnWhenTheBrowserSaysItComesFromHere(
            @Nullable String site, @Nullable String origin, @Nullable String host, boolean own) {
        assertThat(OwnForms.isOwn(site, origin, host)).isEqualTo(own);
    }
}
