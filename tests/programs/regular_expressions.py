"""Regular expressions: matches, groups, replacements, splits, errors."""

from __future__ import annotations

import re

TEXTS = """
abc-123 | 2024-05-06 and 1999-12-31 | aaa | foo.bar@example.com, x_y@z.org | The Cat sat.
<b>bold</b><i>it</i> | key = value | "quoted \\" text" 'single' | été Straße ΑΣ | 192.168.1.1
""".replace("\n", "").split(" | ")

PATTERNS = (
    r"""
\w+ ;; (\w+)-(\d+) ;; (\d{4})-(\d\d)-(\d\d) ;; a* ;; a*? ;; a+? ;; (a|ab)(c|bcd)* ;; [a-z]+@[a-z.]+ ;; ^\w ;; \w$ ;; \bt
(?i)the|cat ;; <(\w)>.*?</\1> ;; <.*> ;; <.*?> ;; (?P<k>\w+)\s*=\s*(?P<v>\w+) ;; "(?:\\.|[^"\\])*" ;; (?<=<)\w ;; \w(?!\w) ;; [^\s,]+
(?:(\d{1,3})\.){3}(\d{1,3}) ;; \D+ ;; \S+\s ;; x*y? ;; (a*)* ;; (a*)+ ;; (a|b)*c ;; (?=(\w+))\1- ;; [\w-]+ ;; []a-] ;; [^]a]+ ;; \.
(?:ab|a)(?:c|b)? ;; (?<!\d)\d{2}(?!\d) ;; \Aabc ;; 1\Z ;; é ;; (?i)STRASSE|straße|ÉTÉ ;; (?a:\w+) ;; (?s:.+) ;; a{2} ;; a{1,2} ;; a{,2} ;; a{2,} ;; a{x}
(?>a+)a ;; a++ ;; \d+(?#comment) ;; (?x: \d + # digits
  - ) ;; \x61\u0062 ;; [\x61-c]+ ;; [a\-z]+ ;; \0 ;; ((a)|b)+ ;; (\w)(\w)?(\w)?
""".strip()
    .replace("\n", " ;; ")
    .split(" ;; ")
)

WRONG = r"""
( ;; ) ;; [ ;; [z-a] ;; * ;; a** ;; a{2}{3} ;; \ ;; (?P<n>a)(?P<n>b) ;; (?P<1>a) ;; (?P=x) ;; \2 ;; (a)\2 ;; (?<=a*)b ;; (?y) ;; [a ;; a{3,2} ;; \q ;; [\q] ;; ^* ;; (?P<n ;; (?P<> ;; (?:a ;; a|*
""".strip().split(" ;; ")


def shown(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    if found is None:
        return "-"
    spans = [found.span(n) for n in range(found.re.groups + 1)]
    return f"{found.group()!r} {spans} {found.lastindex}"


def try_all() -> None:
    for pattern in PATTERNS:
        try:
            compiled = re.compile(pattern)
        except re.error as error:
            print(pattern, error)
            continue
        for text in TEXTS:
            spans = [m.span() for m in compiled.finditer(text)]
            whole = compiled.fullmatch(text) is not None
            print(pattern, shown(pattern, text), spans, compiled.match(text) is not None, whole)
            print(compiled.sub("<>", text), compiled.subn("", text, 1))


def show_errors() -> None:
    for pattern in WRONG:
        try:
            re.compile(pattern)
            print(pattern, "is fine")
        except re.error as error:
            print(pattern, "->", error, error.pos, error.msg)


def title(found: re.Match[str]) -> str:
    return found[0].capitalize()


def show_functions() -> None:
    date = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)")
    m = date.search("on 2024-05-06")
    assert m is not None
    print(
        m, m.group("year"), m["month"], m.group(1, 2), m.groups(), m.groupdict(), m.start("month")
    )
    print(m.span(), m.end(), m.string, m.re.pattern, m.expand(r"\2/\g<year>"), m.pos)
    a, b = m.groups()
    print(a, b, date.groups, sorted(date.groupindex), date)
    print(
        date.findall("2024-05 1999-12"), re.findall(r"\d+", "a1b22"), re.findall(r"a(\d)", "a1a2")
    )
    print(re.findall(r"(\w)(\d)(-?)", "a1-b2"))
    print(re.sub(r"(\w+) (\w+)", r"\2 \1", "hello world"), re.sub("[aeiou]", title, "education"))
    print(
        re.sub(r"\d+", lambda m: str(int(m.group()) * 2), "3 apples, 10 pears"),
        re.sub("a", "b", "aaa", count=2),
    )
    print(
        re.split(r"\s*[,;]\s*", "a , b;c,d"),
        re.split(r"([,;])", "a,b;c"),
        re.split(",", "a,b,c", 1),
        re.split("x*", "axbc"),
    )
    print(
        re.escape("a.b*c [x] é-_"),
        re.match("b", "ab"),
        re.fullmatch("a.c", "abc"),
        re.search("(a)|(b)", "xb"),
    )
    print(
        re.findall("^.", "ab\ncd\n", re.M),
        re.findall(".$", "ab\ncd\n", re.MULTILINE),
        re.findall("b.c", "b\nc", re.S),
    )
    print(
        re.findall("B", "abAB", flags=re.I | re.M),
        re.compile("a", re.I | re.X),
        date.match("xx2024-05", 2),
    )
    verbose = re.compile(
        r"""
        (\d+)   # whole part
        [.]     # point
        (\d*)   # fraction
        """,
        re.VERBOSE,
    )
    print(verbose.findall("3.14 2."), [m.group() for m in re.finditer("[a-c]", "xaybz")])
    tokens = re.compile(r"\s*(?:(?P<number>\d+)|(?P<name>\w+)|(?P<op>.))")
    for t in tokens.finditer("x1 = 42+y"):
        kind = "number" if t.start("number") >= 0 else "name" if t.start("name") >= 0 else "op"
        print(kind, t.group(kind), t.groups(""))
    try:
        print(m.group(7))
    except IndexError as error:
        print(error)
    for template in (r"\9", r"\q", "\\", r"\g<0", r"\g<zz>", r"\g<0>!", r"\n\\"):
        try:
            print(repr(re.sub("(a)", template, "bab")))
        except re.error as error:
            print(template, error)
        except IndexError as error:
            print(template, error)


try_all()
show_errors()
show_functions()
