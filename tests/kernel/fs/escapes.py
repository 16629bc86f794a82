"""Attempts to reach what a namespace does not hold, or to do more with what it holds than it gives: one row each.

The warden (view 0) has /secret/key and /secret/in/deep/x, and /pub/in/file and /pub/in/deep/x, which all may read.

    cell   view 1: a namespace of its own, with a root that it may write, and the warden's /pub, read-only
    copy   view 2: a copy of the warden's, with a locked mount over /secret, and a read-only one on /pub

Both hold open, from the warden: 0 the folder /pub/in, for reading; 1 the file /pub/in/file, for reading; 2 (the cell: the folder
/pub/in/deep, for reading; the copy: the folder /secret/in/deep, for all, from which it may go down, but not up).

A row: who, and what they do, step by step. A step that begins with `warden` is done by that one meanwhile. `@N` before a path
is the open folder from which it starts; what is opened becomes the open file 3, or the N behind `>`.
"""

CELL = """
open /secret/key
open /../secret/key
open /../../../../secret/key
open //secret//key
open /./secret/./key
open secret/key
open ../secret/key
open /pub/../secret/key
open /pub/../../secret/key
open /pub/in/../../secret/key
open /pub/in/../../../secret/key
open /pub/in/deep/../../../../secret/key
open /pub/in/deep/x/../../../../secret/key
open /pub/in/file/../../../secret/key
stat /pub/../..
stat /pub/../../secret
stat /pub/in/../../secret/key
open @0 ../..
open @0 ..
open @0 ../in/file
open @0 ../../secret/key
open @0 ./.././../secret/key
open @0 deep/../../../secret/key
open @0 deep/..>3; open @3 ..
open @0 deep>3; open @3 ..>4; open @4 ..
open @0 deep>3; open @3 ../..
open @0 deep>3; open @3 ../../../secret/key
open @1 ..
open @1 ../deep
open @2 ..
open @2 ../..
open @2 ../../../secret/key
open @0 :c; open @3 ..
open @0 ..:c
open @0 ../..:cd
open @0 ../new:c
open @0 ../../secret/new:c
open @0 ../../secret/new:cp
open @0 /secret/key
open /pub/in>3; open @3 ../../secret/key
open /pub>3; open @3 ../secret/key
open />3; open @3 ../secret/key
symlink /secret/key /l; open /l
symlink ../secret/key /l; open /l
symlink ../../../secret/key /l; open /l
symlink /pub/../secret/key /l; open /l
symlink /pub/in/../../../secret/key /l; open /l
symlink /l /l; open /l
symlink /m /l; symlink /l /m; open /l
symlink / /l; open /l/secret/key
symlink .. /l; open /l/l/l/secret/key
symlink /pub /l; open /l/../secret/key
symlink /pub/in /l; open /l/../../secret/key
symlink .. /h; open @0 ../h/secret/key
warden symlink /secret/key /pub/in/out; open /pub/in/out
warden symlink ../../secret/key /pub/in/out; open /pub/in/out
warden symlink ../../../secret/key /pub/in/out; open /pub/in/out
warden symlink /secret /pub/in/out; open /pub/in/out/key
warden symlink ../../secret/key /pub/in/out; open @0 out
warden symlink /secret/key /pub/in/out; open @0 out
warden symlink ../.. /pub/in/out; open @0 out/secret/key
warden symlink .. /pub/in/out; open @0 out/../secret/key
warden symlink ../.. /pub/in/out; open @0 out
warden symlink ../../secret/new /pub/in/out; open /pub/in/out:c
warden symlink ../../secret/new /pub/in/out; open @0 out:c
warden rename /pub/in /secret/moved; open @0 ../key
warden rename /pub/in /secret/moved; open @0 ..
warden rename /pub/in/deep /secret/deep; open @2 ../key
warden rename /pub/in/deep /secret/deep; open @2 ..
warden rename /pub/in/deep /deep; open @2 ../secret/key
warden rename /pub /secret/pub; open /pub/../key
warden rename /pub /secret/pub; open /pub/../../secret/key
warden rename /pub /secret/pub; open /pub/in/../../key
warden rename /pub /secret/pub; open @0 ../../key
warden rename /pub/in /outer; open @0 ..
warden rename /pub/in /outer; warden open /outer; open @0 ../secret/key
warden rename /secret/in /pub/was; warden rename /pub/was /secret/in; open /pub/was/../key
go_to /pub/in; open ../../secret/key
go_to /pub/in; open ../../../secret/key
go_to /pub/in/deep; warden rename /pub/in/deep /secret/deep; open ../key
go_to /pub/in/deep; warden rename /pub/in /secret/in2; open ../../key
go_to /pub/in; unmount /pub; open ../secret/key
go_to /pub/in; unmount /pub; open ../../secret/key
go_to /pub/in; unmount /pub; open ..
go_to /pub; unmount /pub; open ../secret/key
unmount /; open /secret/key
unmount /pub; open /pub/../secret/key
unmount /pub; unmount /pub; unmount /; open /secret/key
unmount @ ..; open /secret/key
mount /:rw; open /../secret/key
mount /:rw; unmount /; open /secret/key
mount /pub:rw; open /pub/../../secret/key
mount /pub/in:rw; open /pub/in/../../../secret/key
bind / 0; open /../secret/key
bind / 0; open /../../secret/key
bind / 0; open /deep/../../secret/key
bind /h:c 0; open /h/../secret/key
bind /home 0; open /home/../secret/key
bind /home 0; open /home/deep/../../../secret/key
bind /home 2; open /home/..>3; open @3 ../secret/key
bind /home 0; bind /home 2; open /home/../../secret/key
bind /pub 0; open /pub/../secret/key
bind /pub/in 0; open /pub/in/../../../secret/key
bind /home 0; open /home/deep>3; bind /pub 3; open /pub/../../secret/key
start 3 empty; as 3 open /
start 3 empty; as 3 open ..
start 3 empty; as 3 open @0 ../../secret/key
start 3 empty; as 3 bind / 0; as 3 open /../secret/key
start 3 copy; as 3 unmount /pub; as 3 open /pub/../secret/key
start 3 copy; as 3 open @2 ../../../secret/key
go_to /pub/in; start 3 empty; as 3 open ../../secret/key
go_to /pub/in; start 3 copy; as 3 unmount /pub; as 3 open ../../secret/key
open /pub/in/file:w
open /pub/in/file:rw
open /pub/in/file:rwx
open /pub/in/file:t
open /pub/in/file:cw
open /pub/in/file:ct
open /pub/new:c
open /pub/new:cd
open /pub/a/b:cp
open /pub/in/../in/file:w
open @0 file:w
open @0 file:rw
open @0 file:t
open @0 new:c
open @0 new:cd
open @0 a/b:cp
open @0 :rw
open @1 :w
open @0 :r>3; open @3 file:w
open @0 deep>3; open @3 x:w
bind /home:rw 0
bind /home:rwx 0; open /home/file:w
bind /home:rw 1
bind /home 0; open /home/file:w
bind /home 0; open /home/new:c
bind /home 1; open /home:w
bind /home:r 0; open /home>3; bind /home:rw 3
bind /home 0; open /home>3; bind /h2:c 3; open @3 file:w
link /pub/in/file /file; open /file:w
link /pub/in/file /pub/in/other; stat /pub/in/other
link /pub/in/file /home/file; open /home/file:w
bind /home 0; link /home/file /mine; open /mine:w
rename /pub/in/file /mine; open /mine:w
rename /pub/in /mine; open /mine/file:w
rename /pub /mine; open /mine/in/file:w
rename /home /pub/home; stat /pub/home
remove /pub/in/file; stat /pub/in/file
remove /pub/in:dR; stat /pub/in/file
remove /pub:dR; stat /pub/in/file
symlink /home /pub/in/l; stat /pub/in/l:l
symlink /pub/in/file /l; open /l:w
symlink /pub/in/file:rw /l; open /l:w
symlink /pub/in /l; open /l/file:rw
symlink /pub/in /l; open /l/new:c
mount /pub:rw; unmount /pub; open /pub/in/file:w
mount /pub/in:rw; unmount /pub/in; open /pub/in/file:w
"""

COPY = """
open /secret/key
open /secret/in/deep/x
open /secret/../secret/key
open /pub/../secret/key
unmount /secret; open /secret/key
unmount /secret:g; open /secret/key
unmount /secret; unmount /secret; unmount /secret; open /secret/key
remove /secret:d; open /secret/key
remove /secret:dR; open /secret/key
rename /secret /mine; open /mine/key
rename /pub/in /secret/in; open /secret/in/../key
mount /secret:rw; unmount /secret; open /secret/key
mount /secret:rw; unmount /secret; unmount /secret; open /secret/key
mount /:rw; unmount /; open /secret/key
bind /secret 0; unmount /secret; unmount /secret; open /secret/key
open />3; bind /home 3; open /home/secret/key
open />3; open @3 secret/key
open />3; bind /home 3; go_to /home; open secret/key
open />3; bind /home 3; open /home>4; open @4 ../secret/key
open />3; bind /home 3; open /home/pub/in/file:w
open />3; bind /home 3; open /home/pub/in/new:c
open />3; bind /home 3; unmount /home/secret; open /home/secret/key
open />3; bind /home 3; unmount /home/pub; open /home/pub/in/file:w
open />3; bind /home 3; open /home/pub>4; bind /h2:c 4; open /h2/in/file:w
open />3; bind /home:g 3; start 3 copy; as 3 open /home/secret/key
open />3; start 3 empty; as 3 bind / 3; as 3 open /secret/key
open />3; start 3 empty; as 3 bind / 3; as 3 unmount /secret; as 3 open /secret/key
open />3; start 3 empty; as 3 bind / 3; as 3 open /pub/in/file:w
open /y:cd>3; bind /home 3; rename /secret /y/secret; open /home/secret/key
open /y:cd>3; bind /home 3; rename /pub /y/pub; open /home/pub/in/file:w
symlink /secret/key /l; open /l
symlink secret/key /l; open /l
symlink secret /l; open /l/key
open @2 ..
open @2 ../..
open @2 ../../key
open @2 ../../../secret/key
open @2 ..>3; open @3 ../key
open @2 ./../../key
bind /home 2; open /home/..>3; open @3 secret/key
bind /home 2; open /home/../secret/key
bind /home 2; open /home/../../secret/key
bind / 2; open /../key
bind / 2; open /../../key
warden rename /secret /public; warden rename /public /secret; open /secret/key
warden rename /secret/in/deep /pub/deep; warden rename /pub/deep /secret/in/deep; open @2 ../../key
start 3 copy; as 3 unmount /secret; as 3 open /secret/key
start 3 copy; as 3 open @2 ../../key
start 3 copy; as 3 unmount /secret:g; as 3 open /secret/key
start 3 empty; as 3 bind / 2; as 3 open /../../key
start 3 empty; as 3 open @2 ../../key
go_to /secret; open ../secret/key
go_to /secret; unmount /secret; open key
open /pub/in/file:w
open /pub/in/new:c
unmount /pub; unmount /pub; open /pub/../secret/key
"""


def rows() -> list[tuple[str, str]]:
    """Return who, and the steps, of each attempt."""
    return [
        (who, line)
        for who, lines in (("cell", CELL), ("copy", COPY))
        for line in lines.strip().splitlines()
    ]
