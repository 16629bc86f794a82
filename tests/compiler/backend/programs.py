"""LLVM text that tests of the back end share, with the debug information that the emit pass makes."""

from __future__ import annotations

# One unit, kernel/example.py: `inner` is inlined into `middle`, and both into `outer`.
INLINING = """
    source_filename = "kernel/example.py"
    define dso_local i64 @kernel.example.inner(i64 %a) alwaysinline !dbg !10 {
      %b = mul i64 %a, 3, !dbg !20
      call void asm sideeffect "nop", ""(), !dbg !21
      ret i64 %b, !dbg !22
    }
    define dso_local i64 @kernel.example.middle(i64 %a) alwaysinline !dbg !11 {
      %b = call i64 @kernel.example.inner(i64 %a), !dbg !30
      ret i64 %b, !dbg !31
    }
    define dso_local i64 @kernel.example.outer(i64 %a) noinline !dbg !12 {
      %b = call i64 @kernel.example.middle(i64 %a), !dbg !40
      ret i64 %b, !dbg !41
    }
    define dso_local i64 @_start(i64 %a) !dbg !13 {
      %b = call i64 @kernel.example.outer(i64 %a), !dbg !50
      %c = add i64 %b, 1, !dbg !51
      ret i64 %c, !dbg !51
    }
    define dso_local i64 @efi_main(i64 %a) noinline !dbg !14 { ret i64 %a, !dbg !60 }
    define dso_local void @pvh_entry() { ret void }
    define dso_local void @kernel_entry() { ret void }
    !10 = distinct !DISubprogram(name: "inner", linkageName: "kernel.example.inner", file: !3,
            line: 1, scopeLine: 1, type: !4, unit: !0, spFlags: DISPFlagDefinition)
    !11 = distinct !DISubprogram(name: "middle", linkageName: "kernel.example.middle", file: !3,
            line: 10, scopeLine: 10, type: !4, unit: !0, spFlags: DISPFlagDefinition)
    !12 = distinct !DISubprogram(name: "outer", linkageName: "kernel.example.outer", file: !3,
            line: 20, scopeLine: 20, type: !4, unit: !0, spFlags: DISPFlagDefinition)
    !13 = distinct !DISubprogram(name: "_start", file: !3,
            line: 30, scopeLine: 30, type: !4, unit: !0, spFlags: DISPFlagDefinition)
    !14 = distinct !DISubprogram(name: "efi_main", file: !3,
            line: 40, scopeLine: 40, type: !4, unit: !0, spFlags: DISPFlagDefinition)
    !20 = !DILocation(line: 2, scope: !10)
    !21 = !DILocation(line: 3, scope: !10)
    !22 = !DILocation(line: 4, scope: !10)
    !30 = !DILocation(line: 11, scope: !11)
    !31 = !DILocation(line: 12, scope: !11)
    !40 = !DILocation(line: 21, scope: !12)
    !41 = !DILocation(line: 22, scope: !12)
    !50 = !DILocation(line: 31, scope: !13)
    !51 = !DILocation(line: 32, scope: !13)
    !60 = !DILocation(line: 41, scope: !14)
"""


def debug_unit(file: str) -> str:
    """Return the metadata 0 to 4 of a unit: compile unit, flags, file (3) and a type (4)."""
    return f"""
        !llvm.dbg.cu = !{{!0}}
        !llvm.module.flags = !{{!1, !2}}
        !0 = distinct !DICompileUnit(language: DW_LANG_C11, file: !3, emissionKind: FullDebug)
        !1 = !{{i32 2, !"Debug Info Version", i32 3}}
        !2 = !{{i32 7, !"Dwarf Version", i32 4}}
        !3 = !DIFile(filename: "{file}", directory: "")
        !4 = !DISubroutineType(types: !{{}})
    """


def source(name: str, body: str, *, line: int = 1, file: str = "example.py") -> str:
    """Return a unit of one thunk `NAME.thunk`, every instruction of which is at `line` of `file`.

    `body` is LLVM text that may use %arguments and %results; each line of it gets the position.
    """
    lines = [each.strip() for each in body.strip().splitlines()]
    located = "\n".join(
        each if each.endswith((":", "{", "}")) else f"{each}, !dbg !9" for each in lines
    )
    return f"""
        define dso_local void @{name}.thunk(ptr %arguments, ptr %results) #0 !dbg !8 {{
          {located}
        }}
        attributes #0 = {{ nounwind null_pointer_is_valid "frame-pointer"="all" }}
        !8 = distinct !DISubprogram(name: "{name}", file: !3, line: {line}, scopeLine: {line},
                type: !4, unit: !0, spFlags: DISPFlagDefinition)
        !9 = !DILocation(line: {line}, scope: !8)
        {debug_unit(file)}
    """
