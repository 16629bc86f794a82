"""Asking the firmware: what a name stands for, what is below it, what a device uses; the answers are text or nodes."""

from __future__ import annotations

from typing import Final

from core import trap
from core.containers.storage import write
from core.object import TypeInfo
from core.text.buffer import TextBuffer
from kernel.mem import heap_memory
from kernel.mem.heap_memory import HeapMemory
from lang import Slice, handled_class, no_raise, sleeps, u8, u32, u64
from modules.acpi.aml import device_list, namespace, printing, repairs
from modules.acpi.aml.errors import AmlError
from modules.acpi.aml.interpreter import Interpreter
from modules.acpi.aml.node import Node
from modules.acpi.aml.values import Bytes, Kind, Method, Slots, Value
from modules.acpi.firmware import arguments
from modules.acpi.firmware.loaded import Work
from modules.acpi.resources import routing
from modules.acpi.resources import text as resource_text
from modules.acpi.tables.root import signature

ROOM: Final[u64] = 1 << 16  # for an answer, in bytes
# The methods that only tell something, four letters each. Whoever looks at all files must not switch anything off by that.
TELLING: Final = (
    b"_ADR_ALP_ALT_ALC_ALI_ALR_BBN_BCL_BDN_BIF_BIX_BQC_BST_CBA_CCA_CDM_CID_CLS_CRS_CRT_CST_CSD_CPC_DDC_DDN"
    b"_DEP_DGS_DMA_DOD_DSD_EC__EJD_FDE_FDI_FIF_FIX_FPS_FST_GAI_GCP_GHL_GLK_GPE_GRT_GSB_GTF_GTM_GWS_HID_HOT_HPP"
    b"_HPX_HRV_IFT_LCK_LID_LPI_MAT_MBM_MLS_MTL_NTT_OS__PAI_PCL_PIF_PLD_PMC_PMM_PPC_PPE_PR0_PR1_PR2_PR3_PRE_PRL"
    b"_PRR_PRS_PRT_PRW_PSC_PSD_PSE_PSL_PSR_PSS_PSV_PTC_PUR_PXM_RBO_RDI_REV_RMV_RTV_S0__S1__S2__S3__S4__S5__S1D"
    b"_S2D_S3D_S4D_S0W_S1W_S2W_S3W_S4W_SBS_SEG_SLI_SRV_STA_STR_SUB_SUN_TC1_TC2_TDL_TFP_TIP_TIV_TMP"
    b"_TPC_TRT_TSD_TSP_TSS_TZD_TZM_TZP_UID_UPC_UPP_VPO"
)
CURRENT: Final[u32] = signature("_CRS")
POSSIBLE: Final[u32] = signature("_PRS")
ROUTING: Final[u32] = signature("_PRT")


class Answer(Work):
    """Work whose result is text."""

    text: HeapMemory | None

    def __init__(self) -> None:
        super().__init__()

    @sleeps
    def run(self, interpreter: Interpreter) -> None:
        room = HeapMemory(ROOM)
        out = TextBuffer(room.bytes)
        try:
            self.tell(interpreter, out)
        except AmlError:
            write(
                out, f"E:{printing.class_name(trap.text_at(handled_class().cast(TypeInfo).name))}"
            )
            if interpreter.trouble.is_known:
                out.write(b" ")
                printing.write_trouble(out, interpreter)
            out.write(b"\n")
        self.text = heap_memory.copy_of(out.text())

    @sleeps
    def tell(self, interpreter: Interpreter, out: TextBuffer) -> None:
        """Write the answer.

        Raises:
            AmlError: the firmware is wrong.
        """


class Evaluation(Answer):
    """What a name stands for: data, or what a method returns for some arguments.

    Without arguments, only methods are called that just tell something; of others is told how they are called.
    """

    node: Node
    words: HeapMemory | None  # the arguments: numbers, or text, with spaces between them

    def __init__(self, node: Node, words: HeapMemory | None) -> None:
        super().__init__()
        self.node = node
        self.words = words

    @sleeps
    def tell(self, interpreter: Interpreter, out: TextBuffer) -> None:
        slots = Slots()
        words = self.words
        method = self.node.value
        if words is not None:
            arguments.read(words.bytes, slots)
        elif isinstance(method, Method) and not repairs.is_among(self.node.name, TELLING[:]):
            write(out, f"method of {method.argument_count} arguments\n")
            return
        printing.write_value(out, interpreter.evaluate(self.node, slots))
        out.write(b"\n")


class Devices(Answer):
    """What and where all devices are."""

    @sleeps
    def tell(self, interpreter: Interpreter, out: TextBuffer) -> None:
        device_list.write_all(out, interpreter)


class Resources(Answer):
    """What a device uses and could use, and where its bus leads interrupts."""

    node: Node

    def __init__(self, node: Node) -> None:
        super().__init__()
        self.node = node

    @sleeps
    def tell(self, interpreter: Interpreter, out: TextBuffer) -> None:
        current = value_of(interpreter, self.node, CURRENT)
        if current is not None:
            out.write(b"uses\n")
            write_resources(out, current)
        possible = value_of(interpreter, self.node, POSSIBLE)
        if possible is not None:
            out.write(b"could use\n")
            write_resources(out, possible)
        if namespace.child(self.node, ROUTING) is not None:
            out.write(b"leads\n")
            routes = value_of(interpreter, self.node, ROUTING)
            routing.write_all(out, interpreter, routes, "    ")


def value_of(interpreter: Interpreter, node: Node, name: u32) -> Value | None:
    """Return what a name below a device gives; None: it is not there."""
    found = namespace.child(node, name)
    return None if found is None else interpreter.evaluate(namespace.behind_alias(found), Slots())


def write_resources(out: TextBuffer, value: Value) -> None:
    if isinstance(value, Bytes) and value.kind == Kind.BUFFER:
        resource_text.write_all(out, value.bytes(), b"    "[:])


# Names ------------------------------------------------------------------------------------------


class Lookup(Work):
    """What has a name directly below a node; the root, if that is None."""

    below: Node | None
    name: u32
    found: Node | None
    is_folder: bool

    def __init__(self, below: Node | None, name: Slice[u8]) -> None:
        super().__init__()
        self.below = below
        self.name = letters_of(name)
        self.is_folder = False

    @sleeps
    def run(self, interpreter: Interpreter) -> None:
        below = self.below
        found = namespace.child(interpreter.root if below is None else below, self.name)
        if found is not None:
            self.found = namespace.behind_alias(found)
            self.is_folder = has_names(namespace.behind_alias(found))


class Listing(Work):
    """One of the names directly below a node."""

    below: Node | None
    position: u64
    found: Node | None  # itself, and not what an alias leads to
    is_folder: bool

    def __init__(self, below: Node | None, position: u64) -> None:
        super().__init__()
        self.below = below
        self.position = position
        self.is_folder = False

    @sleeps
    def run(self, interpreter: Interpreter) -> None:
        below = self.below
        each = interpreter.root.first if below is None else below.first
        for _ in range(self.position):
            if each is None:
                break
            each = each.next
        self.found = each
        if each is not None:
            self.is_folder = has_names(namespace.behind_alias(each))


@no_raise
def letters_of(name: Slice[u8]) -> u32:
    """Return a name of at most four letters as nodes have it; 0: it is none."""
    if not 0 < len(name) <= 4:
        return 0
    result: u32 = 0x5F5F_5F5F
    for index in range(len(name)):
        shift = u32(8 * index)
        result = result & ~(u32(0xFF) << shift) | u32(name[index]) << shift
    return result


@no_raise
def has_names(node: Node) -> bool:
    """Whether names can stand below something: a device or another scope."""
    value = node.value
    if value is None:
        return True
    match value.kind:
        case Kind.DEVICE | Kind.SCOPE | Kind.THERMAL_ZONE | Kind.PROCESSOR | Kind.POWER_RESOURCE:
            return True
        case _:
            return False
