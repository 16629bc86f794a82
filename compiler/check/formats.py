"""f-strings, and what each type looks like in one.

An f-string is written for a parameter of type `Format`. What stands in its braces is evaluated
where the f-string stands, in order, as in Python; the text is made when the callee writes it, by a
hidden function of calls: `out.write` for literal text, and for values, by type,

    integers, enums         core.text.format.write_..., format_... with a specification
    bool                    True, False; with a specification the number, as in Python
    Ptr, CFunction          the address, 0x...
    str, Slice[u8]          the text; !r and !a quote it
    bytes                   its repr(), as in Python
    T | None                as T, or None
    Format                  what it was given
    structs and classes     their `write_to(self, out: TextBuffer)`, or the str of their `__str__`

A specification that is constant is parsed here, and what Python would refuse at run time is refused here.
One with fields of its own, which only programs have, is a str that core.containers.layouts parses.
What is written for literals is known here, too, and becomes text.

The hidden function is @irq_safe, and @no_raise where a failed check traps, which makes `write_to`
so: a line can be logged anywhere.

Source: Python Language Reference, section 2.4.3; Library Reference, "Format Specification
Mini-Language".
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from compiler import tree
from compiler.backend.target import TARGETS
from compiler.check import (
    calls,
    conversions,
    exception_objects,
    literals,
    members,
    operators,
    special,
    texts,
    type_words,
)
from compiler.check.checker import expression_of
from compiler.check.conversions import LITERAL, convert, described, enum_number
from compiler.layout import fields_of
from compiler.read import FLOATS
from compiler.source import CompileError, Span
from compiler.tree import (
    Arithmetic,
    Binary,
    BinaryOperator,
    Conversion,
    Convert,
    Expression,
    Literal,
    Local,
    LocalRef,
    StringLiteral,
)
from compiler.types import (
    BOOL,
    BYTES,
    F64,
    FORMAT,
    I64,
    I128,
    NONE,
    STR,
    U8,
    U64,
    U128,
    CFunctionType,
    ClassKind,
    Effect,
    FloatType,
    FunctionDeclaration,
    FunctionInstance,
    IntType,
    NamedType,
    OptionalType,
    PointerType,
    Signature,
    SliceType,
    Static,
    TupleType,
    Type,
    WrappedType,
    is_enum,
    is_place,
)
from core.text.format_spec import Kind, parse_float_spec, parse_number_spec, parse_text_spec

if TYPE_CHECKING:
    from compiler.check.checker import Checker

BUFFER, FORMATS, QUOTES, SPECS = (
    f"core.text.{name}" for name in ("buffer", "format", "quote", "format_spec")
)
LAYOUTS = "core.containers.layouts"
CONVERSIONS = {-1: "", ord("s"): "s", ord("r"): "r", ord("a"): "a"}
FLOAT_CODES = tuple("eEfFgG%")


@expression_of(ast.JoinedStr)
def format_string(check: Checker, node: ast.JoinedStr, hint: Type | None) -> Expression:
    """`f"text {value:specification}"`."""
    if hint is not FORMAT and texts.has(check):
        return texts.of_format(check, node)
    if hint is not FORMAT:
        raise check.error(
            node,
            "an f-string makes a new str, which needs memory of its own",
            "give it to a parameter of type Format, or write it into a TextBuffer",
        )
    writer = _Writer(check, check.span(node))
    for number, part in enumerate(node.values):
        if isinstance(part, ast.Constant):
            writer.add_text(part.value)
        else:
            after = node.values[number + 1 :]
            writer.is_late = getattr(part, "is_late", False) and texts.has(check)
            writer.changes_later = not writer.is_late and any(map(_may_change, after))
            _Part(writer, part).add()
    return writer.finish()


def _may_change(part: ast.expr) -> bool:
    """True if a value that stands further on in an f-string may change what was shown before it."""
    return any(isinstance(each, ast.Call | ast.NamedExpr) for each in ast.walk(part))


def of_text(check: Checker, text: Expression) -> Expression:
    """Return a str as a Format."""
    writer = _Writer(check, text.span)
    if isinstance(text, StringLiteral):
        writer.add_text(text.value)
    else:
        writer.add_call(FORMATS, "write_text", _as_bytes(writer.keep(text)))
    return writer.finish()


# The hidden function -------------------------------------------------------------------------


class _Writer:
    """Makes the function that writes one f-string."""

    def __init__(self, check: Checker, span: Span) -> None:
        self.check = check
        self.span = span
        self.values: list[Expression] = []
        self.captures: list[Local] = []
        self.body: list[tree.Statement] = []
        self.text = ""  # that is still to be written
        # Of the part that comes next: `print` evaluates all values before it shows one; an f-string
        # shows each where it stands, which matters if what follows may change it.
        self.is_late = False
        self.changes_later = False
        buffer = check.unit.core_class(check, span, BUFFER, "TextBuffer")
        self.out = Local("out", NamedType(buffer), span, is_parameter=True, owns=False)

    def ref(self, local: Local) -> LocalRef:
        return LocalRef(self.span, local.type, local)

    def keep(self, value: Expression) -> Expression:
        """Have a value evaluated where the f-string stands; return it as the function sees it."""
        owns = not is_place(value.type)
        local = Local(f"value{len(self.values)}", value.type, value.span, owns=owns)
        self.values.append(value)
        self.captures.append(local)
        return self.ref(local)

    def add_text(self, text: str) -> None:
        self.text += text

    def add_call(self, module: str, name: str, *arguments: Expression) -> None:
        """Call a function of core with the buffer and these arguments."""
        self.add(self.called(module, name, self.ref(self.out), *arguments))

    def add(self, value: Expression) -> None:
        self.flush()
        self.body.append(tree.Evaluate(self.span, value))

    def flush(self) -> None:
        """Write the literal text so far."""
        if not self.text:
            return
        literal = StringLiteral(
            self.span, BYTES, literals.encoded(self.check, self.span, self.text)
        )
        text = Convert(self.span, SliceType(U8), Conversion.BYTES_TO_SLICE, literal)
        method = self.out.type.declaration.methods["write"]
        call = self.instance_call(FunctionInstance(method), [self.ref(self.out), text])
        self.body.append(tree.Evaluate(self.span, call))
        self.text = ""

    def called(self, module: str, name: str, *arguments: Expression) -> Expression:
        function = self.check.unit.core_function(self.check, self.span, module, name)
        return self.instance_call(FunctionInstance(function), list(arguments))

    def instance_call(self, instance: FunctionInstance, arguments: list[Expression]) -> Expression:
        self.check.unit.request(instance)
        signature = self.check.unit.signature(instance)
        return tree.Call(self.span, signature.result, instance, signature, arguments)

    def apart(self, write: Callable[[], None]) -> list[tree.Statement]:
        """Return what `write` adds, as a block of its own."""
        self.flush()
        around, self.body = self.body, []
        write()
        self.flush()
        block, self.body = self.body, around
        return block

    def finish(self) -> tree.FormatString:
        self.flush()
        check, span = self.check, self.span
        declaration = FunctionDeclaration("<f-string>", check.module, _definition(span), None)
        declaration.effects = self.promises()
        function = tree.Function(
            span=span,
            instance=FunctionInstance(declaration),
            declaration=declaration,
            symbol=check.nested_symbol(declaration.name),
            signature=Signature((self.out.type,), NONE, False, declaration.effects),
            parameters=[self.out],
            locals=[self.out],
            body=self.body,
            captures=self.captures,
        )
        check.nested.append(function)
        return tree.FormatString(span, FORMAT, self.values, function)

    def promises(self) -> frozenset[Effect]:
        """Return what holds of writing any text in this world."""
        if TARGETS[self.check.unit.target].traps:
            return frozenset({Effect.IRQ_SAFE, Effect.NO_RAISE})
        return frozenset()  # a program's objects are shown by code of any kind


def _definition(span: Span) -> ast.FunctionDef:
    arguments = ast.arguments([], [], None, [], [], None, [])
    function = ast.FunctionDef("<f-string>", arguments, [], [], None)
    function.lineno, function.col_offset, function.end_lineno, function.end_col_offset = span[1:]
    return function


# One value -----------------------------------------------------------------------------------


class _Part:
    """`{value!conversion:specification}`, added to the function that writes it."""

    def __init__(self, writer: _Writer, node: ast.FormattedValue) -> None:
        self.writer = writer
        self.check = writer.check
        self.node = node.value
        self.conversion = CONVERSIONS[node.conversion]
        self.made_spec: ast.JoinedStr | None = None  # one that is known when the program runs
        self.spec = self.constant_spec(node)
        self.is_only_field = getattr(node, "is_only_field", False)  # of a text before `%`
        self.is_kept = False  # the value is one that the function has already

    def constant_spec(self, node: ast.FormattedValue) -> str:
        parts = node.format_spec.values if node.format_spec is not None else []
        for part in parts:
            if isinstance(part, ast.Constant):
                continue
            if not texts.has(self.check):
                raise self.check.error(
                    part.value,
                    "a specification is known when the program is compiled",
                    "write the width as a number, or call the writers of core.text.format",
                )
            self.made_spec = node.format_spec
            return ""
        return "".join(part.value for part in parts)

    def error(self, message: str, hint: str = "") -> CompileError:
        return self.check.error(self.node, message, hint)

    def kept(self, value: Expression) -> Expression:
        return value if self.is_kept else self.writer.keep(value)

    def add(self) -> None:
        value = self.converted() or self.operand()
        is_literal = isinstance(value, Literal | StringLiteral) and self.made_spec is None
        if is_literal and self.add_literal(value):
            return
        if value.type is LITERAL:
            value = conversions.settle(self.check, value)
        if value.type is NONE:
            raise self.error("this gives nothing that could be shown")
        if self.is_only_field and isinstance(value.type, TupleType):
            raise self.error("the items of a tuple are the fields of '%'", "write (x,), or f'{x}'")
        if self.made_spec is not None:
            self.add_as_made(value, self.made_spec)
        else:
            self.add_of_type(value)

    def operand(self) -> Expression:
        if type_words.is_call(self.check, self.node):
            self.conversion = ""
            return type_words.shown(self.check, self.node)
        return self.check.operand(self.node)

    def converted(self) -> Expression | None:
        """Return the text that `!r` and the like make of the value, where it is then laid out."""
        has_spec = self.spec or self.made_spec is not None
        if not self.conversion or not has_spec or not texts.has(self.check):
            return None
        conversion, self.conversion = self.conversion, ""
        return texts.of_value(self.check, self.node, conversion)

    def add_as_made(self, value: Expression, node: ast.JoinedStr) -> None:
        """Add a value by a specification that is made when the program runs."""
        check, type = self.check, value.type
        shows = members.find_method(check, type, "__format__")
        word = "format_text"
        match type:
            case IntType():
                word, value = "format_int", convert(check, value, I64, self.node)
            case FloatType():
                word, value = "format_float", operators.as_float(check, value, F64)
            case _ if type is BOOL:
                word, value = (
                    "format_int",
                    convert(check, operators.as_number(value), I64, self.node),
                )
            case _ if type is STR:
                pass
            case _ if shows is None:
                raise self.error(f"{described(type)} takes no specification", "write it with '!s'")
        shown = self.kept(value)
        spec = self.kept(check.expression(node, STR))
        if shows is not None:
            text = calls.method_with_values(check, self.node, shown, shows, [spec])
            self.writer.add_call(FORMATS, "write_text", _as_bytes(text))
            return
        if type is STR:
            shown = _as_bytes(shown)
        self.writer.add_call(LAYOUTS, word, shown, _as_bytes(spec))

    def add_literal(self, value: Literal | StringLiteral) -> bool:
        """Add the text of a literal, which Python knows; False if it is written like others."""
        if (
            isinstance(value.type, FloatType)
            or is_enum(value.type)
            and self.conversion in ("r", "a")
        ):
            return False
        shown: Any = value.value
        try:
            match self.conversion:
                case "s":
                    shown = str(shown)
                case "r":
                    shown = repr(shown)
                case "a":
                    shown = ascii(shown)
            self.writer.add_text(format(shown, self.spec))
        except (ValueError, TypeError, OverflowError) as error:
            raise self.error(str(error)) from error
        return True

    def add_of_type(self, value: Expression) -> None:
        """Add a value by its type. What differs between types is only how it is written."""
        type = value.type
        match type:
            case IntType():
                self.add_number(value)
            case FloatType() if FLOATS in self.check.unit.modules:
                self.add_float(value)
            case PointerType() | CFunctionType():
                self.add_address(value)
            case SliceType(element) if element is U8:
                self.add_text(self.kept(value))
            case OptionalType(inner):
                self.add_optional(value, inner)
            case NamedType() if is_enum(type):
                self.add_enum(value)
            case NamedType(kind=ClassKind.EXCEPTION) if exception_objects.are_here(self.check):
                self.add_exception(value)
            case NamedType(kind=ClassKind.STRUCT | ClassKind.UNION | ClassKind.CLASS):
                self.add_object(value)
            case TupleType():
                self.add_tuple(value, type)
            case _ if type is BOOL:
                self.add_bool(value)
            case _ if type is STR:
                self.add_text(_as_bytes(self.kept(value)))
            case _ if type is BYTES:
                self.refuse_spec(type)
                self.writer.add_call(QUOTES, "write_bytes_repr", _as_bytes(self.kept(value)))
            case _ if type is FORMAT:
                self.refuse_spec(type)
                message, out = self.kept(value), self.writer.ref(self.writer.out)
                self.writer.add(
                    tree.Intrinsic(self.writer.span, NONE, "write_format", [message, out])
                )
            case _:
                raise self.no_text(type)

    def no_text(self, type: Type) -> CompileError:
        hint = _HINTS.get(_kind(type), "write its parts")
        return self.error(f"{described(type)} has no text of its own", hint)

    def refuse_spec(self, type: Type) -> None:
        """Report a specification or conversion where the type has none."""
        if self.spec:
            raise self.error(
                f"{described(type)} takes no specification, and this is '{self.spec}'",
                "drop what stands behind the ':'",
            )

    # Numbers

    def add_float(self, value: Expression) -> None:
        """Add a float, whose bits core takes."""
        if self.conversion and self.spec:
            raise self.error(
                f"!{self.conversion} makes text of the number before it is laid out",
                f"drop '!{self.conversion}'",
            )
        value = operators.as_float(self.check, value, F64)
        spec = self.parsed(parse_float_spec)
        if spec.kind == Kind.PERCENT:
            span, hundred = self.writer.span, Literal(self.writer.span, F64, 100.0)
            times = BinaryOperator.MULTIPLY
            value = Binary(span, F64, times, value, hundred, Arithmetic.CHECKED)
        bits = self.kept(Convert(value.span, U64, Conversion.BITS, value))
        if self.spec:
            self.writer.add_call(FLOATS, "format_float", bits, self.static(spec))
        else:
            self.writer.add_call(FLOATS, "write_float", bits)

    def add_number(self, value: Expression) -> None:
        """Add an integer: the widest of its sign that core writes holds it."""
        if self.conversion and self.spec:
            raise self.error(
                f"!{self.conversion} makes text of the number before it is laid out",
                f"drop '!{self.conversion}'",
            )
        if self.spec.endswith(FLOAT_CODES) and FLOATS in self.check.unit.modules:
            self.add_float(value)
            return
        type: IntType = value.type
        wide = (I64 if type.signed else U64) if type.bits <= 64 else (I128 if type.signed else U128)
        if not self.spec:
            shown = self.kept(_widened(value, wide))
            self.writer.add_call(FORMATS, f"write_{wide}", shown)
            return
        spec = self.parsed(parse_number_spec)
        if spec.kind == Kind.CHARACTER:
            self.add_character(value, spec)
            return
        shown = self.kept(_widened(value, wide))
        self.writer.add_call(FORMATS, f"format_{wide}", shown, self.static(spec))

    def add_character(self, value: Expression, spec: Any) -> None:
        """Add the character of a code point, which is checked where the f-string stands."""
        number = _widened(value, I64)
        if number.type is not I64:
            number = Convert(value.span, I64, Conversion.CHECKED, value)
        character = self.writer.called(FORMATS, "code_point", number)
        shown = self.kept(character)
        self.writer.add_call(FORMATS, "format_character", shown, self.static(spec))

    def add_enum(self, value: Expression) -> None:
        if self.conversion in ("r", "a"):
            if members.find(self.check, value.type, "__repr__") is not None:
                self.add_object(value)
                return
            raise self.error(
                "the names of an enum's members are not kept",
                "match on the member, and write its name",
            )
        self.add_number(enum_number(value))

    def add_bool(self, value: Expression) -> None:
        if self.spec.endswith(FLOAT_CODES) and FLOATS in self.check.unit.modules:
            self.add_float(operators.as_number(value))
            return
        shown = self.kept(value)
        if not self.spec:
            self.writer.add_call(FORMATS, "write_bool", shown)
        elif self.conversion:
            raise self.error("a specification after a conversion", f"drop '!{self.conversion}'")
        else:
            spec = self.static(self.parsed(parse_number_spec))
            self.writer.add_call(FORMATS, "format_bool", shown, spec)

    def add_address(self, value: Expression) -> None:
        shown = self.kept(value)
        address = Convert(value.span, U64, Conversion.POINTER_TO_INT, shown)
        if not self.spec:
            self.writer.add_call(FORMATS, "write_address", address)
            return
        spec = self.static(self.parsed(parse_number_spec))
        self.writer.add_call(FORMATS, "format_u64", address, spec)

    # Text and objects

    def add_text(self, text: Expression) -> None:
        """Add UTF-8."""
        if self.conversion in ("r", "a"):
            if self.spec:
                raise self.error(f"!{self.conversion} with a specification", "write one of the two")
            name = "write_repr" if self.conversion == "r" else "write_ascii"
            self.writer.add_call(QUOTES, name, text)
        elif self.spec:
            spec = self.static(self.parsed(parse_text_spec))
            self.writer.add_call(FORMATS, "format_text", text, spec)
        else:
            self.writer.add_call(FORMATS, "write_text", text)

    def add_object(self, value: Expression) -> None:
        """Add a struct or an object, by what its class defines."""
        shows = members.find_method(self.check, value.type, "write_repr")
        if shows is not None:  # a container
            self.refuse_spec(value.type)
            if self.writer.changes_later and not self.is_kept and texts.has(self.check):
                self.conversion = ""
                self.add_text(_as_bytes(self.kept(self.at_once(value))))
                return
            shown, out = self.kept(value), self.writer.ref(self.writer.out)
            self.writer.add(calls.method_with_values(self.check, self.node, shown, shows, [out]))
            return
        formats = members.find_method(self.check, value.type, "__format__")
        if formats is not None and not self.conversion:
            shown, spec = self.kept(value), StringLiteral(self.writer.span, STR, self.spec)
            text = calls.method_with_values(self.check, self.node, shown, formats, [spec])
            self.writer.add_call(FORMATS, "write_text", _as_bytes(text))
            return
        if self.spec and not self.conversion and texts.has(self.check):
            raise self.error(
                f"{described(value.type)} takes no specification", "write it with '!s'"
            )
        names = ("__repr__",) if self.conversion in ("r", "a") else ("__str__", "__repr__")
        writes = members.find_method(self.check, value.type, "write_to")
        if writes is not None and self.conversion not in ("r", "a"):
            self.refuse_spec(value.type)
            shown = self.kept(value)
            out = self.writer.ref(self.writer.out)
            self.writer.add(calls.method_with_values(self.check, self.node, shown, writes, [out]))
            return
        if self.writer.is_late:
            value = self.kept(value)
            self.is_kept = True
        for name in names:
            if self.is_kept and TARGETS[self.check.unit.target].traps:
                break  # it is asked for its text where the f-string stands
            text = special.call(self.check, self.node, value, name, [])
            if text is not None:
                self.conversion = ""
                self.add_text(_as_bytes(self.kept(text)))
                return
        raise self.error(
            f"{described(value.type)} has no text of its own",
            "define 'def write_to(self, out: TextBuffer) -> None' in it, @irq_safe",
        )

    def at_once(self, value: Expression) -> Expression:
        """Return as text what a container looks like where the f-string stands."""
        writer = _Writer(self.check, self.writer.span)
        part = copy.copy(self)
        part.writer = writer
        part.add_object(value)
        return texts.made(self.check, self.node, "from_format", writer.finish())

    def add_exception(self, value: Expression) -> None:
        """Add an exception: its message, or as its repr the class with what it was made of."""
        has_repr = members.find_method(self.check, value.type, "__repr__") is not None
        if self.conversion not in ("r", "a") or has_repr:
            self.add_object(value)
            return
        self.refuse_spec(value.type)
        base = exception_objects.base_class(self.check)
        plain = conversions.convert(self.check, value, base, self.node)
        text = exception_objects.called(self.check, self.node, "shown", plain)
        self.conversion = ""
        self.add_text(_as_bytes(self.kept(text)))

    def add_optional(self, value: Expression, inner: Type) -> None:
        """Add what may be None.

        if value is None: write None, else: the value
        """
        self.refuse_spec(value.type)
        writer = self.writer
        shown = self.kept(value)
        is_none = tree.IsNone(writer.span, BOOL, shown)
        some = Convert(writer.span, inner, Conversion.UNWRAP, shown)
        nothing = writer.apart(lambda: writer.add_text("None"))
        self.is_kept = True
        something = writer.apart(lambda: self.add_of_type(some))
        writer.body.append(tree.If(writer.span, is_none, nothing, something))

    def add_tuple(self, value: Expression, type: TupleType) -> None:
        """Add a tuple: the repr of each item, and a comma after an only one."""
        self.refuse_spec(type)
        shown = self.kept(value)
        self.is_kept = True
        self.conversion = "r"
        self.writer.add_text("(")
        for number, item in enumerate(type.items):
            if number > 0:
                self.writer.add_text(", ")
            self.add_of_type(tree.TupleItem(self.writer.span, item, shown, number))
        self.writer.add_text(",)" if len(type.items) == 1 else ")")

    # Specifications

    def parsed(self, parse: Callable[[str], Any]) -> Any:
        try:
            return parse(self.spec)
        except ValueError as error:
            raise self.error(f"'{self.spec}' is no specification of this: {error}") from error

    def static(self, spec: Any) -> Expression:
        """Return a parsed specification, which is one static for all f-strings of the image."""
        unit = self.check.unit
        type = NamedType(unit.core_class(self.check, self.writer.span, SPECS, "FormatSpec"))
        fields = tuple(int(getattr(spec, name)) for name in fields_of(type))
        symbol = f"{type.symbol}:{'.'.join(map(str, fields))}"
        static = unit.format_specs.setdefault(fields, Static(type, fields, symbol))
        return tree.StaticRef(self.writer.span, type, static)


def _widened(value: Expression, to: IntType) -> Expression:
    if value.type == to or not conversions.widens(value.type, to):
        return value
    return Convert(value.span, to, Conversion.WIDEN, value)


def _as_bytes(text: Expression) -> Expression:
    return Convert(text.span, SliceType(U8), Conversion.BYTES_TO_SLICE, text)


def _kind(type: Type) -> str:
    return type.word if isinstance(type, WrappedType) else type.__class__.__name__


_HINTS = {
    "FloatType": "floats are not part of the kernel's language",
    "SliceType": "write its elements in a loop; only a Slice[u8] is text",
    "ArrayType": "write its elements in a loop; of an Array[u8, N], slice what is text: a[:n]",
    "CallableType": "a Callable has no name",
    "Atomic": "write {x.load()}",
    "Volatile": "write {x.load()}",
    "UserPtr": "write {p.address:#x}",
    "UserSlice": "write its address",
}
