package dev.stagecoach.testing.settings;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import io.smallrye.config.common.utils.StringUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Reads settings from the sources of {@code @ConfigMapping} interfaces: what they are called, what they are without being given, and what their Javadoc says. */
final class SettingsReader {

    private static final Map<String, String> KINDS = Map.of(
            "String", "text",
            "boolean", "`true` or `false`",
            "Duration", "duration",
            "MemorySize", "size",
            "URI", "address",
            "Path", "path",
            "Locale", "language");

    private static final Set<String> NUMBERS = Set.of(
            "int", "long", "double", "Integer", "Long", "Double", "OptionalInt", "OptionalLong", "OptionalDouble");
    private static final Set<String> OPTIONAL_NUMBERS = Set.of("OptionalInt", "OptionalLong", "OptionalDouble");
    private static final Set<String> COLLECTIONS = Set.of("List", "Set");

    private final DocTrees docs;
    private final Map<String, TreePath> types = new HashMap<>();
    private final List<Setting> settings = new ArrayList<>();

    private SettingsReader(DocTrees docs) {
        this.docs = docs;
    }

    /**
     * The settings, in the order of the sources.
     *
     * @throws IllegalStateException if there is something in an interface that this cannot tell about
     */
    static List<Setting> read(List<Path> sources) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            var units = files.getJavaFileObjectsFromPaths(sources);
            // Parsing alone: nothing that the sources import needs to be there.
            var task = (JavacTask) compiler.getTask(null, files, null, null, null, units);
            var reader = new SettingsReader(DocTrees.instance(task));
            for (var unit : task.parse()) {
                reader.read(new TreePath(unit));
            }
            return List.copyOf(reader.settings);
        }
    }

    private void read(TreePath unit) {
        var mappings = new ArrayList<ClassTree>();
        new TreePathScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
                types.put(type.getSimpleName().toString(), getCurrentPath());
                mappings.add(type);
                return super.visitClass(type, null);
            }
        }.scan(unit, null);
        mappings.forEach(type ->
                annotation(type.getModifiers(), "ConfigMapping").ifPresent(prefix -> readMembers(prefix, type)));
    }

    private void readMembers(String prefix, ClassTree type) {
        for (var member : type.getMembers()) {
            if (member instanceof MethodTree method && method.getBody() == null) {
                read(prefix, type, method);
            }
        }
    }

    private void read(String prefix, ClassTree owner, MethodTree method) {
        var modifiers = method.getModifiers();
        var own = annotation(modifiers, "WithName")
                .orElseGet(() -> StringUtil.skewer(method.getName().toString()));
        var type = Type.of(method.getReturnType());
        boolean optional = type.isOptional();
        var name = prefix + "." + own;
        if (type.name().equals("Map")) {
            optional = true;
            type = type.arguments().get(1);
            name += ".<name>";
        } else if (type.name().equals("Optional")) {
            type = type.arguments().get(0);
        }
        var group = types.get(type.name());
        if (group != null && group.getLeaf().getKind() == Tree.Kind.INTERFACE) {
            readMembers(name, (ClassTree) group.getLeaf());
            return;
        }
        var doc = Doc.of(docs, TreePath.getPath(types.get(owner.getSimpleName().toString()), method));
        var defaultValue = annotation(modifiers, "WithDefault");
        settings.add(
                new Setting(name, unit(type, doc), !optional && defaultValue.isEmpty(), defaultValue, doc.meaning()));
    }

    private String unit(Type type, Doc doc) {
        if (NUMBERS.contains(type.name())) {
            return doc.unit();
        }
        if (COLLECTIONS.contains(type.name())) {
            return unit(type.arguments().get(0), doc) + "s, separated by commas";
        }
        var known = types.get(type.name());
        var kind = known == null ? KINDS.get(type.name()) : choice((ClassTree) known.getLeaf());
        if (kind == null) {
            throw new IllegalStateException("no words for settings of type " + type.name() + ": add them here");
        }
        return kind;
    }

    private static String choice(ClassTree enumeration) {
        return enumeration.getMembers().stream()
                .filter(VariableTree.class::isInstance)
                .map(constant ->
                        "`" + ((VariableTree) constant).getName().toString().toLowerCase(Locale.ROOT) + "`")
                .collect(Collectors.joining(" or "));
    }

    private static Optional<String> annotation(ModifiersTree modifiers, String name) {
        return modifiers.getAnnotations().stream()
                .filter(annotation -> annotation.getAnnotationType().toString().equals(name))
                .map(SettingsReader::argument)
                .findFirst();
    }

    private static String argument(AnnotationTree annotation) {
        var argument = annotation.getArguments().get(0);
        var value = argument instanceof AssignmentTree named ? named.getExpression() : argument;
        return (String) ((LiteralTree) value).getValue();
    }

    private record Type(String name, List<Type> arguments) {
        static Type of(Tree tree) {
            return tree instanceof ParameterizedTypeTree generic
                    ? new Type(
                            generic.getType().toString(),
                            generic.getTypeArguments().stream().map(Type::of).toList())
                    : new Type(tree.toString(), List.of());
        }

        boolean isOptional() {
            return name.equals("Optional") || OPTIONAL_NUMBERS.contains(name);
        }
    }
}
