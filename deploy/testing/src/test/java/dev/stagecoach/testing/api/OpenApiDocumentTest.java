package dev.stagecoach.testing.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A complete document passes, and each gap is named. */
class OpenApiDocumentTest {
    @Test
    void aCompleteDocumentHasNoMistakes() {
        assertThat(Documents.shop().mistakes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    operationId: putOrder                             | operationId: getOrder                     | GET /orders/{order}: operationId: getOrder is that of PUT /orders/{order}
                    summary: Reads an order                           | description: Reads an order               | GET /orders/{order}: summary: missing
                    description: Of the words.                        | deprecated: false                         | GET /orders/{order}: query language: has no description
                    example: de                                       | deprecated: false                         | GET /orders/{order}: query language: has no example
                    example: de                                       | example: 7                                | GET /orders/{order}: query language: example language: : integer found, string expected
                    value: {item: book, 'on': '2027-02-10'}           | value: {item: book, 'on': soon}           | does not match the date pattern
                    value: {item: book, 'on': '2027-02-10'}           | value: {item: book, at: '2027-02-10'}     | 'at' is not evaluated
                    value: {detail: there is no order 0}              | value: {details: there is no order 0}     | required property 'detail' not found
                    description: What is wrong., type: string         | type: string                              | Problem.detail: has no description
                    known: {value: '17'}                              | found: {value: '17'}                      | no request goes with the example known
                    $ref: '#/components/schemas/Problem'              | $ref: '#/components/schemas/Trouble'      | #/components/schemas/Trouble: there is no such place
                    security: [{token: []}]                           | security: [{token: [clerk]}]              | PUT /orders/{order}: asks for [clerk] and has no answer 403
                    description: Ordered.                             | summary: Ordered.                         | required property 'description' not found
                    """)
    void aGapIsNamed(String right, String wrong, String mistake) {
        assertThat(Documents.shopWith(right, wrong).mistakes()).anyMatch(one -> one.contains(mistake));
    }

    @Test
    void aComponentThatNothingUsesIsNamed() {
        assertThat(Documents.shopWith(
                                "  schemas:\n    Order:",
                                "  schemas:\n    Left: {description: Over., type: string}\n    Order:")
                        .mistakes())
                .containsExactly("schemas: Left: nothing refers to it");
    }

    @Test
    void aBodyWithoutAnExampleIsNamed() {
        String examples = Documents.SHOP.substring(
                Documents.SHOP.indexOf("            examples:\n              a-book"),
                Documents.SHOP.indexOf("      responses:\n        '200':\n          description: Ordered"));
        assertThat(Documents.shopWith(examples, "").mistakes())
                .contains("PUT /orders/{order}: body application/json: has no example");
    }

    @Test
    void aDocumentCanBeMovedToAnotherYear() {
        assertThat(Documents.shop().yearsLater(-2).toString())
                .contains("2025-02-10")
                .doesNotContain("2027");
    }

    @Test
    void aValueIsHeldAgainstASchema() {
        var order = JsonNodeFactory.instance.objectNode().put("item", "book");
        assertThat(Documents.shop().violations("Order", order)).isEmpty();
        assertThat(Documents.shop().violations("Order", order.deepCopy().put("colour", "red")))
                .isNotEmpty();
    }
}
