package dev.stagecoach.testing.settings;

import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.ReturnTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.TreePath;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What Javadoc says about a method, in Markdown.
 *
 * @param unit what it returns
 */
record Doc(String meaning, String unit) {

    /** Both are empty where it says nothing. */
    static Doc of(DocTrees docs, TreePath method) {
        var doc = docs.getDocCommentTree(method);
        if (doc == null) {
            return new Doc("", "");
        }
        var unit = doc.getBlockTags().stream()
                .filter(ReturnTree.class::isInstance)
                .map(tag -> markdown(((ReturnTree) tag).getDescription()))
                .findFirst();
        return new Doc(markdown(doc.getFullBody()), unit.orElse(""));
    }

    private static String markdown(List<? extends DocTree> parts) {
        return parts.stream().map(Doc::markdown).collect(Collectors.joining()).replaceAll("\\s+", " ");
    }

    private static String markdown(DocTree part) {
        if (part instanceof LiteralTree literal) {
            return "`" + literal.getBody().getBody() + "`";
        }
        if (part instanceof LinkTree link) {
            return "`" + link.getReference() + "`";
        }
        return part.toString();
    }
}
