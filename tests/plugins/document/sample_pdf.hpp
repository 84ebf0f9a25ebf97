// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <string>
#include <vector>

/// A PDF with a page for each text, which is ASCII without brackets; an empty one is an empty page.
inline std::string sample_pdf(const std::vector<std::string>& texts)
{
    std::vector<std::string> objects;
    std::string kids;
    for (std::size_t n = 0; n < texts.size(); ++n)
        kids += std::to_string(5 + 2 * n) + " 0 R ";
    objects.push_back("<< /Type /Catalog /Pages 2 0 R >>");
    objects.push_back("<< /Type /Pages /Kids [" + kids + "] /Count " +
                      std::to_string(texts.size()) + " >>");
    objects.push_back("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica "
                      "/Encoding /WinAnsiEncoding >>");
    objects.push_back("<< /Title (A title) /Author <FEFF00C400E4> "
                      "/CreationDate (D:20260102030405Z) /ModDate (D:20260102030405+02'00') >>");
    for (std::size_t n = 0; n < texts.size(); ++n)
    {
        objects.push_back("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents " +
                          std::to_string(6 + 2 * n) +
                          " 0 R /Resources << /Font << /F 3 0 R >> >> >>");
        const std::string stream =
            texts[n].empty() ? "" : "BT /F 12 Tf 72 720 Td (" + texts[n] + ") Tj ET";
        objects.push_back("<< /Length " + std::to_string(stream.size()) + " >>\nstream\n" + stream +
                          "\nendstream");
    }
    std::string whole = "%PDF-1.4\n";
    std::string table;
    for (std::size_t n = 0; n < objects.size(); ++n)
    {
        std::string offset = std::to_string(whole.size());
        table += std::string(10 - offset.size(), '0') + offset + " 00000 n \n";
        whole += std::to_string(n + 1) + " 0 obj\n" + objects[n] + "\nendobj\n";
    }
    const std::string count = std::to_string(objects.size() + 1);
    const std::string at = std::to_string(whole.size());
    return whole + "xref\n0 " + count + "\n0000000000 65535 f \n" + table +
           "trailer\n<< /Root 1 0 R /Info 4 0 R /Size " + count + " >>\nstartxref\n" + at +
           "\n%%EOF\n";
}
