"""The last touch on a PDF before it is written: it declares PDF/UA-1 beside PDF/A-3a, for which WeasyPrint has no switch."""

from typing import Any

_PDFUA = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA part number</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""
"""The identification (ISO 14289-1, 5) and the schema that PDF/A wants for it (ISO 19005-3, 6.6.2.3.3)."""

_END = b"</rdf:RDF>"


class UnknownMetadata(RuntimeError):
    """The metadata of the PDF is not laid out as this WeasyPrint writes it."""


def finish(_document: Any, pdf: Any) -> None:
    """Adds the PDF/UA identification to the XMP metadata, and names each attachment once; called by WeasyPrint.

    Raises UnknownMetadata.
    """
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    xmp = metadata.stream[0]
    if xmp.count(_END) != 1:
        raise UnknownMetadata
    metadata.stream[0] = xmp.replace(_END, _PDFUA + _END)
    # WeasyPrint 70 lists attachments in /AF twice: from the names tree and from its own scan.
    if "AF" in pdf.catalog:
        pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])
