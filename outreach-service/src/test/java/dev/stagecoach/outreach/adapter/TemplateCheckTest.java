package dev.stagecoach.outreach.adapter;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagecoach.events.HealthLevel;
import dev.stagecoach.events.Role;
import dev.stagecoach.events.Segment;
import dev.stagecoach.events.Stage;
import dev.stagecoach.outreach.campaign.Campaign;
import dev.stagecoach.outreach.campaign.CapClass;
import dev.stagecoach.outreach.campaign.Kind;
import dev.stagecoach.outreach.campaign.Step;
import dev.stagecoach.outreach.campaign.Trigger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a template shows at the start, with file and line. */
class TemplateCheckTest {
    private static final Trigger MONTH = new Trigger.MonthClosed(90);

    @TempDir
    Path directory;

    private void write(String file, String text) throws IOException {
        Path path = directory.resolve("templates").resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private void check(Trigger trigger) {
        TemplateCheck check = new TemplateCheck(new PolicyFiles(Optional.of(directory)), Locale.ENGLISH);
        check.check(new Campaign(
                "mine",
                1,
                "mine",
                Kind.RECAPS,
                trigger,
                Set.of(Segment.DIGITAL),
                Set.of(),
                Set.of(Role.CHAMPION),
                Duration.ofDays(7),
                new Campaign.JoinUntil(null, Duration.ofDays(7)),
                Set.of(Stage.CHURNED),
                null,
                5,
                CapClass.COUNTED,
                false,
                List.of(new Step("one", Duration.ZERO, "Subject", "Preheader", "mine/one", null))));
    }

    @Test
    void aTemplateMayAskForWhatItsTriggerTells() throws IOException {
        write("mine/one.mjml", "<mj-text>{account} {recap.month}</mj-text>");
        write("mine/one.txt", """
                {#for figure in recap.figures}{figure_count} {figure.label}: {figure.value ?: words.unknown}
                {/for}{#if recap.picture}{recap.picture.alt}{/if}{#let name=contact.firstName}{name}{/let}
                """);

        assertThatCode(() -> check(MONTH)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {shoeSize}                                       | {shoeSize}: no such variable (expected one of: account, because
                    {contact.shoeSize}                               | {contact.shoeSize}: no shoeSize (expected one of: name, firstName)
                    {#if account}{recap.mau}{/if}                    | {recap.mau}: no mau (expected one of: month, figures
                    {#for one in recap.figures}{one.name}{/for}      | {one.name}: no name (expected one of: label, value, change)
                    {#let first=recap.picture}{first.size}{/let}     | {first.size}: no size (expected one of: src, alt
                    {words.gretting}                                 | {words.gretting}: no such words (expected one of those in words.en.yaml)
                    {#for one in recap.figures}{one.label}           | unterminated
                    {account                                         | unterminated
                    """)
    void saysWhatATextAsksForInVain(String wrong, String message) throws IOException {
        write("mine/one.mjml", "<mj-text>Hello</mj-text>");
        write("mine/one.txt", "Hello\nthere,\n" + wrong + "\n");

        assertThatThrownBy(() -> check(MONTH))
                .isInstanceOf(PolicyException.class)
                .hasMessageStartingWith("templates/mine/one.txt:3: ")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    <mj-text>{health.level}</mj-text>                | {health.level}: no such variable
                    <mj-text>Hello</mj-txt>                          | no well-formed MJML
                    <mj-text>a &nbsp; b</mj-text>                    | no well-formed MJML
                    <mj-txt>Hello</mj-txt>                           | element mj-txt (expected one of: mj-button
                    <p>Hello</p>                                     | element p (expected one of: mj-button
                    """)
    void saysWhatIsWrongWithMjml(String wrong, String message) throws IOException {
        write("mine/one.mjml", "<mj-text>Hello</mj-text>\n" + wrong + "\n");
        write("mine/one.txt", "Hello");

        assertThatThrownBy(() -> check(MONTH))
                .isInstanceOf(PolicyException.class)
                .hasMessageStartingWith("templates/mine/one.mjml:2: ")
                .hasMessageContaining(message);
    }

    @Test
    void whatATriggerTellsIsItsOwn() throws IOException {
        write("mine/one.mjml", "<mj-text>{health.level}</mj-text>");
        write("mine/one.txt", "{#for weakness in health.weak}{weakness.advice}{/for}");

        assertThatCode(() -> check(new Trigger.HealthBecame(Set.of(HealthLevel.POOR))))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> check(new Trigger.StageEntered(Stage.ONBOARDING)))
                .hasMessageContaining("one.txt:1: {health.weak}: no such variable");
    }

    @Test
    void includedPartsAreLookedAtToo() throws IOException {
        write("mine/part.mjml", "<mj-text>\n{shoeSize}</mj-text>");
        write("mine/one.mjml", "<mj-include path=\"mine/part.mjml\" />");
        write("mine/one.txt", "Hello");

        assertThatThrownBy(() -> check(MONTH)).hasMessageStartingWith("templates/mine/part.mjml:2: {shoeSize}");
    }

    @Test
    void includedPartsOfATextAreLookedAtToo() throws IOException {
        write("mine/part.txt", "Numbers:\n{recap.month}\n{shoeSize}\n");
        write("mine/one.mjml", "<mj-text>Hello</mj-text>");
        write("mine/one.txt", "Hello\n{#if recap}\n{#include mine/part.txt /}\n{/if}");

        assertThatThrownBy(() -> check(MONTH)).hasMessageStartingWith("templates/mine/part.txt:3: {shoeSize}");
    }

    @Test
    void aPartThatIsMissingIsSaidWhereItIsAskedFor() throws IOException {
        write("mine/one.mjml", "<mj-text>Hello</mj-text>");
        write("mine/one.txt", "Hello\n{#if recap}\n{#include mine/prt.txt /}\n{/if}");

        assertThatThrownBy(() -> check(MONTH))
                .hasMessage("templates/mine/one.txt:3: {#include mine/prt.txt}: no such template");
    }

    @Test
    void translationsAreLookedAtToo() throws IOException {
        write("mine/one.mjml", "<mj-text>Hello</mj-text>");
        write("mine/one.txt", "Hello");
        write("mine/one.de.mjml", "<mj-text>Hallo</mj-text>");
        write("mine/one.de.txt", "Hallo {shoeSize}");

        assertThatThrownBy(() -> check(MONTH)).hasMessageStartingWith("templates/mine/one.de.txt:1: {shoeSize}");
    }

    @Test
    void aTranslationHasBothParts() throws IOException {
        write("mine/one.mjml", "<mj-text>Hello</mj-text>");
        write("mine/one.txt", "Hello");
        write("mine/one.de.txt", "Hallo");

        assertThatThrownBy(() -> check(MONTH)).hasMessage("templates/mine/one.de.mjml: no such template");
    }

    @Test
    void aLanguageHasAllWords() throws IOException {
        write("words.fr.yaml", "greeting: \"Bonjour {0},\"\n");

        assertThatThrownBy(() -> check(MONTH))
                .hasMessageStartingWith("templates/words.fr.yaml: lacks aFeature, actions, activeUsers,");
    }
}
