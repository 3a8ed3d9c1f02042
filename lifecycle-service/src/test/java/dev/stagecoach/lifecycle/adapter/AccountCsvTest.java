package dev.stagecoach.lifecycle.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AccountCsvTest {
    @Test
    void aRowIsTheJsonOfItsAccount() {
        // When
        AccountCsv csv = read("""
                account,name,segment,products,seats,unlimitedSeats,accountExecutive,instances
                acme, Acme ,digital,code-search; cody,25,false,ae@team.example,i1
                """);

        // Then
        assertThat(csv.errors()).isEmpty();
        assertThat(csv.rows()).hasSize(1);
        assertThat(csv.rows().get(0).line()).isEqualTo(2);
        assertThat(csv.rows().get(0).account()).isEqualTo("acme");
        assertThat(csv.rows().get(0).json())
                .hasToString(
                        "{\"name\":\"Acme\",\"segment\":\"digital\",\"products\":[\"code-search\",\"cody\"],\"seats\":25,"
                                + "\"unlimitedSeats\":false,\"owners\":{\"accountExecutive\":\"ae@team.example\"},\"instances\":[\"i1\"]}");
    }

    @Test
    void anEmptyCellIsUnknown() {
        // When
        AccountCsv csv = read("account,name,seats,renewsOn\nacme,Acme,,\n");

        // Then
        assertThat(csv.rows().get(0).json()).hasToString("{\"name\":\"Acme\"}");
    }

    @Test
    void aCellMayHoldCommasQuotesAndLines() {
        // When
        AccountCsv csv = read("account,name\r\nacme,\"Acme, \"\"the\"\"\r\ncompany\"\r\nbeta,Beta\r\n");

        // Then
        assertThat(csv.rows().get(0).json().get("name").asText()).isEqualTo("Acme, \"the\"\r\ncompany");
        assertThat(csv.rows().get(1).line()).isEqualTo(4);
    }

    @Test
    void aWrongRowIsNamedByItsLine() {
        // When
        AccountCsv csv = read("account,name,seats\na,A,1\n\nb,B,two\nc,C\nd,D,4\n");

        // Then
        assertThat(csv.rows()).extracting(AccountCsv.Row::account).containsExactly("a", "d");
        assertThat(csv.errors())
                .containsEntry(4L, "seats: two (expected: a whole number)")
                .containsEntry(5L, "2 cells (expected: 3)")
                .hasSize(2);
    }

    @Test
    void whatComesBeforeAnOpenQuoteIsKept() {
        // When
        AccountCsv csv = read("account,name\na,A\nb,\"B\nc,C\n");

        // Then
        assertThat(csv.rows()).extracting(AccountCsv.Row::account).containsExactly("a");
        assertThat(csv.errors()).hasSize(1);
        assertThat(csv.errors().get(3L)).contains("nothing from here on");
    }

    @Test
    void aHeaderIsNeeded() {
        // When
        assertThatThrownBy(() -> read("name\nAcme\n"))
                // Then
                .hasMessageContaining("account");
        assertThatThrownBy(() -> read("account,name,name\na,A,A\n")).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> read("account,colour\na,red\n")).hasMessageContaining("colour");
        assertThat(read("account,name\n").rows()).isEmpty();
    }

    private static AccountCsv read(String text) {
        return AccountCsv.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
