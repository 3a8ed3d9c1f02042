package dev.stagecoach.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.local.process.ClassArchive;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImageRecipeTest {

    @Test
    void theOptionsOfJavaAreThoseOfTheRecipe() {
        // Given
        var recipe = """
                FROM a-base
                ENV JDK_JAVA_OPTIONS="-XX:One=50 -XX:+Two" \\
                    OTHER="3"
                RUN FIRST=1 true
                RUN SECOND=2 \\
                    THIRD=3 timeout 30 \\
                    java -XX:ArchiveClassesAtExit=classes.jsa -jar a.jar
                """;

        // When
        var read = ImageRecipe.parse(recipe);

        // Then
        assertThat(read.jvmOptions()).containsExactly("-XX:One=50", "-XX:+Two");
        assertThat(read.archiving()).isEqualTo(Map.of("SECOND", "2", "THIRD", "3"));
    }

    @Test
    void theRealRecipeHasSome() {
        var recipe = ImageRecipe.of(Path.of("../.."));

        assertThat(recipe.jvmOptions()).isNotEmpty();
        assertThat(recipe.archiving()).isEqualTo(ClassArchive.ENVIRONMENT);
    }

    @Test
    void theRealRecipeRehearsesAsTheLocalStackDoes() throws IOException {
        assertThat(Path.of("../../deploy/Dockerfile"))
                .content()
                .contains("-cp quarkus-run.jar " + ClassArchive.REHEARSAL);
    }
}
