package dev.stagecoach.testing.api;

/** A small document, in which a test breaks something. */
final class Documents {
    static final String SHOP = """
            openapi: 3.1.0
            info: {title: Shop, version: v1}
            servers: [{url: 'http://localhost'}]
            security: [{token: []}]
            paths:
              /orders/{order}:
                parameters:
                  - $ref: '#/components/parameters/order'
                put:
                  operationId: putOrder
                  tags: [Orders]
                  summary: Orders something
                  requestBody:
                    required: true
                    content:
                      application/json:
                        schema: {$ref: '#/components/schemas/Order'}
                        examples:
                          a-book:
                            value: {item: book, on: '2027-02-10'}
                          nothing:
                            value: {on: '2027-02-10'}
                  responses:
                    '200':
                      description: Ordered.
                      content:
                        application/json:
                          schema: {$ref: '#/components/schemas/Order'}
                    '400':
                      description: Nothing is ordered.
                      content:
                        application/problem+json:
                          schema: {$ref: '#/components/schemas/Problem'}
                          examples:
                            nothing:
                              value: {detail: 'item: missing on 2027-02-10'}
                    '401':
                      description: Who are you?
                      headers:
                        WWW-Authenticate: {description: What is asked for., required: true, schema: {type: string}}
                      content:
                        application/problem+json:
                          schema: {$ref: '#/components/schemas/Problem'}
                    '404': {$ref: '#/components/responses/NoSuchOrder'}
                get:
                  operationId: getOrder
                  tags: [Orders]
                  summary: Reads an order
                  security: []
                  parameters:
                    - name: language
                      in: query
                      description: Of the words.
                      schema: {type: string}
                      example: de
                  responses:
                    '200':
                      description: The order.
                      content:
                        application/json:
                          schema: {$ref: '#/components/schemas/Order'}
                          examples:
                            known:
                              value: {item: book, on: '2027-02-10'}
                    '404': {$ref: '#/components/responses/NoSuchOrder'}
            components:
              securitySchemes:
                token: {type: http, scheme: bearer}
              parameters:
                order:
                  name: order
                  in: path
                  required: true
                  description: Its number.
                  schema: {type: string}
                  examples:
                    known: {value: '17'}
                    unknown: {value: '0'}
              responses:
                NoSuchOrder:
                  description: There is none.
                  content:
                    application/problem+json:
                      schema: {$ref: '#/components/schemas/Problem'}
                      examples:
                        unknown:
                          value: {detail: there is no order 0}
              schemas:
                Order:
                  description: An order.
                  type: object
                  required: [item]
                  properties:
                    item: {description: What., type: string}
                    'on': {description: When., type: [string, 'null'], format: date}
                Problem:
                  description: An error.
                  type: object
                  required: [detail]
                  properties:
                    detail: {description: What is wrong., type: string}
            """.replace("on: '2027", "'on': '2027");

    private Documents() {}

    static OpenApiDocument shop() {
        return OpenApiDocument.ofYaml(SHOP);
    }

    /** @throws IllegalArgumentException when there is nothing to break */
    static OpenApiDocument shopWith(String right, String wrong) {
        if (!SHOP.contains(right)) {
            throw new IllegalArgumentException("not in the document: " + right);
        }
        return OpenApiDocument.ofYaml(SHOP.replace(right, wrong));
    }
}
