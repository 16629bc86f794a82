"""The typed tree as text, for people and tests. It reads like the source with all that is implicit
written out:

    5:u64                    a literal and its type
    widen[u64](x)            a conversion; some, unwrap, slice, upcast ... likewise
    a + b   a +! b   a +% b  checked in checked builds; in every build; wrapping
    p[]  p[i]  a[i]          what p points at; an element, unchecked or checked by its base's type
    copy(x)  &x  x := e      a second struct; an address; a walrus
    Point{x, y}  new C(...)  a fresh struct; a new object
    f(...)  x.m#3(...)       a direct call; a call through slot 3 of the vtable

Locals of struct type are listed with `alias` where they do not own their storage.
"""

from __future__ import annotations

from compiler import tree
from compiler.tree import Arithmetic, Conversion, Node
from compiler.types import symbol_of

_MARKS = {
    Arithmetic.CHECKED: "!",
    Arithmetic.FIXED: "",
    Arithmetic.WRAPPING: "%",
    Arithmetic.PROVEN: "~",
}
_CONVERSIONS = {
    Conversion.SOME: "some",
    Conversion.UNWRAP: "unwrap",
    Conversion.NONE_TO_OPTIONAL: "none",
    Conversion.ARRAY_TO_SLICE: "slice",
    Conversion.BYTES_TO_SLICE: "slice",
}


def unit_text(unit: tree.Unit) -> str:
    """Return the functions of a unit, its own first, then the instances that it needs."""
    return "\n".join(map(function_text, [*unit.functions, *unit.instances]))


def function_text(function: tree.Function) -> str:
    """Return one function."""
    parameters = ", ".join(f"{p.name}: {p.type}" for p in function.parameters)
    view = "view of " if function.signature.returns_view else ""
    lines = [f"{function.symbol}({parameters}) -> {view}{function.signature.result}"]
    for name, locals in (("locals", function.locals), ("captures", function.captures)):
        shown = [_local(each) for each in locals if not each.is_parameter]
        if shown:
            lines.append(f"  {name} {', '.join(shown)}")
    lines += _block(function.body)
    for nested in function.nested:
        lines += ["  " + line for line in function_text(nested).splitlines()]
    return "\n".join(lines) + "\n"


def _local(local: tree.Local) -> str:
    words = "" if local.owns else "alias "
    words += "shared " if local.captured else ""
    return f"{local.name}: {words}{local.type}"


# Statements ----------------------------------------------------------------------------------


def _block(block: tree.Block) -> list[str]:
    lines = [line for statement in block for line in statement_lines(statement)]
    return ["  " + line for line in lines or ["pass"]]


def _loop(head: str, node: tree.Statement) -> list[str]:
    lines = [f"{head}:", *_block(node.body)]
    return [*lines, "else:", *_block(node.orelse)] if node.orelse else lines


def statement_lines(node: tree.Statement) -> list[str]:
    """Return the lines of one statement."""
    e = expression_text
    match node:
        case tree.Evaluate(value=value):
            return [e(value)]
        case tree.SetLocal(local=local, value=value):
            return [f"{local.name} = {e(value)}"]
        case tree.Store(target=target, value=value):
            return [f"store {e(target)} = {e(value)}"]
        case tree.Update(target=target, operator=operator, value=value, arithmetic=arithmetic):
            return [f"{e(target)} {operator.value}{_MARKS[arithmetic]}= {e(value)}"]
        case tree.Unpack(value=value, targets=targets):
            return [f"{', '.join(map(e, targets))} = {e(value)}"]
        case tree.Return(value=value):
            return ["return" if value is None else f"return {e(value)}"]
        case tree.Yield(value=value):
            return ["yield" if value is None else f"yield {e(value)}"]
        case tree.Break() | tree.Continue():
            return [type(node).__name__.lower()]
        case tree.Delete(local=local):
            return [f"del {local.name}"]
        case tree.Assert(test=test, message=message):
            return [f"assert {e(test)}" + (f", {e(message)}" if message else "")]
        case tree.Raise(exception_class=of):
            return ["raise" if of is None else f"raise {symbol_of(of)}"]
    return _compound_lines(node)


def _compound_lines(node: tree.Statement) -> list[str]:
    e = expression_text
    match node:
        case tree.If(test=test, body=body, orelse=orelse):
            lines = [f"if {e(test)}:", *_block(body)]
            return [*lines, "else:", *_block(orelse)] if orelse else lines
        case tree.While(test=test):
            return _loop(f"while {e(test)}", node)
        case tree.ForRange(local=local, start=start, stop=stop, step=step):
            bounds = ", ".join(map(e, (start, stop, step)))
            return _loop(f"for {_counted(node)}{local.name} in range({bounds})", node)
        case tree.ForEach(local=local, sequence=sequence, reverse=reverse):
            word = "reversed " if reverse else ""
            return _loop(f"for {_counted(node)}{local.name} in {word}{e(sequence)}", node)
        case tree.ForZip(locals=locals, sequences=sequences):
            names = ", ".join(local.name for local in locals)
            return _loop(f"for {names} in zip({', '.join(map(e, sequences))})", node)
        case tree.ForGenerator(local=local, generator=generator):
            return _loop(f"for {local.name} in generator {e(generator)}", node)
        case tree.ForIterator(local=local, iterator=iterator, iterable=made, next_call=following):
            head = f"for {local.name} in {iterator.name} = {e(made)} next {e(following)}"
            return _loop(head, node)
        case tree.With():
            return _with_lines(node)
        case tree.Try():
            return _try_lines(node)
        case tree.Match():
            return _match_lines(node)
    return [type(node).__name__]


def _counted(node: tree.ForRange | tree.ForEach) -> str:
    return f"{node.index.name}, " if node.index is not None else ""


def _with_lines(node: tree.With) -> list[str]:
    e = expression_text
    target = f" as {e(node.target)}" if node.target is not None else ""
    head = f"with {node.manager.name} = {e(node.context)}, enter {e(node.enter)}{target}"
    effects = "".join(f" {effect.value}" for effect in sorted(node.block_effects, key=str))
    suppresses = " suppresses" if node.suppresses else ""
    return [f"{head}, leave {e(node.leave)}{suppresses}{effects}:", *_block(node.body)]


def _try_lines(node: tree.Try) -> list[str]:
    lines = ["try:", *_block(node.body)]
    for handler in node.handlers:
        names = ", ".join(symbol_of(each) for each in handler.classes)
        lines += [f"except {names}:" if names else "except:", *_block(handler.body)]
    if node.orelse:
        lines += ["else:", *_block(node.orelse)]
    if node.final:
        lines += ["finally:", *_block(node.final)]
    return lines


def _match_lines(node: tree.Match) -> list[str]:
    word = " exhaustive" if node.exhaustive else ""
    lines = [f"match {node.local.name} = {expression_text(node.subject)}{word}:"]
    for case in node.cases:
        guard = f" if {expression_text(case.guard)}" if case.guard is not None else ""
        lines.append(f"  case {_pattern(case.pattern)}{guard}:")
        lines += ["  " + line for line in _block(case.body)]
    return lines


def _pattern(node: tree.Pattern) -> str:
    match node:
        case tree.AnyPattern(local=local):
            return "_" if local is None else local.name
        case tree.ValuePattern(value=value):
            return expression_text(value)
        case tree.TuplePattern(items=items):
            return f"({', '.join(map(_pattern, items))})"
        case tree.ClassPattern(of=of, fields=fields, known=known):
            inside = ", ".join(f"{field.name}={_pattern(each)}" for field, each in fields)
            return f"{'' if known else 'isinstance '}{symbol_of(of)}({inside})"
        case tree.OrPattern(alternatives=alternatives):
            return " | ".join(map(_pattern, alternatives))
        case tree.AsPattern(pattern=pattern, local=local):
            return f"{_pattern(pattern)} as {local.name}"
    return type(node).__name__


# Expressions ---------------------------------------------------------------------------------


def expression_text(node: tree.Expression) -> str:
    """Return one expression."""
    e = expression_text
    match node:
        case tree.Literal(type=type, value=value):
            return "None" if value is None else f"{value}:{symbol_of(type)}"
        case tree.StringLiteral(value=value):
            return repr(value)
        case tree.StaticRef(static=static):
            return f"static {symbol_of(static.type)}"
        case tree.LocalRef(local=local):
            return local.name
        case tree.VariableRef(variable=variable):
            return variable.symbol
        case tree.FunctionRef(function=function):
            return f"function {function.symbol}"
        case tree.FieldRef(object=object, field=field):
            return f"{e(object)}.{field.name}"
        case tree.Deref(pointer=pointer):
            return f"{e(pointer)}[]"
        case tree.IndexRef(base=base, index=index):
            return f"{e(base)}[{e(index)}]"
        case tree.TupleItem(tuple=of, index=index):
            return f"{e(of)}.{index}"
        case tree.Convert():
            return _convert(node)
        case tree.Call() | tree.VirtualCall() | tree.IndirectCall():
            return _call(node)
        case tree.New() | tree.StructValue():
            return _made(node)
        case tree.Closure(function=function, captures=captures, escapes=escapes):
            names = ", ".join(local.name for local in captures)
            return f"{'escaping ' if escapes else ''}closure {function.symbol}({names})"
        case tree.Intrinsic(name=name, arguments=arguments, order=order):
            words = list(map(e, arguments)) + ([order] if order != "seq_cst" else [])
            return f"{name}({', '.join(words)})"
    return _operation(node)


def _convert(node: tree.Convert) -> str:
    name = _CONVERSIONS.get(node.conversion)
    if name is None:
        name = f"{node.conversion.name.lower()}[{symbol_of(node.type)}]"
    return f"{name}({expression_text(node.operand)})"


def _call(node: tree.Call | tree.VirtualCall | tree.IndirectCall) -> str:
    e = expression_text
    arguments = list(map(e, node.arguments))
    order = getattr(node, "evaluation", None)
    suffix = f" in order {', '.join(map(str, order))}" if order is not None else ""
    match node:
        case tree.Call(function=function):
            return f"{function.symbol}({', '.join(arguments)}){suffix}"
        case tree.VirtualCall(method=method, slot=slot):
            name = f"{arguments[0]}.{method.declaration.name}#{slot}"
            return f"{name}({', '.join(arguments[1:])}){suffix}"
    return f"call {e(node.callee)}({', '.join(arguments)})"


def _made(node: tree.New | tree.StructValue) -> str:
    shown = ["0" if each is None else expression_text(each) for each in node.arguments]
    inside = ", ".join(shown)
    if node.evaluation is not None:
        inside += f" in order {', '.join(map(str, node.evaluation))}"
    by = f" by {node.initialiser.symbol}" if node.initialiser is not None else ""
    if isinstance(node, tree.New):
        return f"new {symbol_of(node.type)}({inside}){by}"
    return f"{symbol_of(node.type)}{{{inside}}}{by}"


def _operation(node: tree.Expression) -> str:
    e = expression_text
    match node:
        case tree.Unary(operator=operator, operand=operand, arithmetic=arithmetic):
            word = operator.value + _MARKS[arithmetic]
            return f"({word} {e(operand)})" if word.isalpha() else f"({word}{e(operand)})"
        case tree.Binary(operator=operator, left=left, right=right, arithmetic=arithmetic):
            return f"({e(left)} {operator.value}{_MARKS[arithmetic]} {e(right)})"
        case tree.PointerOffset(pointer=pointer, count=count, negate=negate):
            return f"({e(pointer)} {'-' if negate else '+'} {e(count)})"
        case tree.PointerDifference(left=left, right=right):
            return f"({e(left)} - {e(right)})"
        case tree.Compare(comparison=comparison, left=left, right=right):
            return f"({e(left)} {comparison.value} {e(right)})"
        case tree.CompareChain(first=first, links=links):
            return f"({e(first)} {' '.join(f'{c.value} {e(right)}' for c, right in links)})"
        case tree.IsNone(operand=operand):
            return f"({e(operand)} is None)"
        case tree.Logical(is_and=is_and, operands=operands):
            return f"({(' and ' if is_and else ' or ').join(map(e, operands))})"
        case tree.Truth(operand=operand):
            return f"truth({e(operand)})"
        case tree.Conditional(test=test, then=then, other=other):
            return f"({e(then)} if {e(test)} else {e(other)})"
        case tree.Walrus(local=local, value=value):
            return f"({local.name} := {e(value)})"
        case tree.Steps(statements=statements, value=value):
            return f"steps({len(statements)}; {e(value)})"
        case tree.Resume(generator=generator):
            return f"next({e(generator)})"
        case tree.ThrowInto(generator=generator, exception=exception):
            return f"throw({e(generator)}, {e(exception)})"
        case tree.CloseGenerator(generator=generator):
            return f"close({e(generator)})"
        case tree.IsInstance(operand=operand, of=of):
            return f"isinstance({e(operand)}, {symbol_of(of)})"
        case tree.OwnerOf(member=member, offset=offset):
            return f"owner[{symbol_of(node.type)}]({e(member)} - {offset})"
    return _value(node)


def _value(node: tree.Expression) -> str:
    e = expression_text
    match node:
        case tree.ArrayValue(type=type, elements=elements):
            return f"{symbol_of(type)}({', '.join(map(e, elements))})"
        case tree.Zero(type=type):
            return f"zeroed({symbol_of(type)})"
        case tree.Copy(operand=operand):
            return f"copy({e(operand)})"
        case tree.TupleValue(items=items):
            return f"({', '.join(map(e, items))}{',' if len(items) == 1 else ''})"
        case tree.SliceValue(type=type, pointer=pointer, length=length):
            return f"{symbol_of(type)}({e(pointer)}, {e(length)})"
        case tree.SliceOf(base=base, start=start, stop=stop):
            bounds = (e(bound) if bound is not None else "" for bound in (start, stop))
            return f"{e(base)}[{':'.join(bounds)}]"
        case tree.Length(type=type, operand=operand):
            return f"len[{type}]({e(operand)})"
        case tree.AddressOf(place=place):
            return f"&{e(place)}"
        case tree.Assembly(template=template, inputs=inputs, outputs=outputs, clobbers=clobbers):
            ins = ", ".join(f"{constraint} {e(value)}" for constraint, value in inputs)
            outs = ", ".join(f"{constraint} {type}" for constraint, type in outputs)
            return f"asm({template!r}; {outs}; {ins}; {', '.join(clobbers)})"
        case tree.FormatString(values=values, function=function):
            return f"format {function.symbol}({', '.join(map(e, values))})"
        case tree.BoundMethod(object=object, function=function):
            return f"method {function.symbol}({e(object)})"
    return _other(node)


def _other(node: Node) -> str:
    return f"{type(node).__name__}({', '.join(map(expression_text, node.children()))})"
