// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/fuzz.h"

#include <QDirIterator>
#include <QFile>

#include <vector>

/// In the place of libFuzzer: runs each file of the folders that are named, once.
int main(int argc, char **argv)
{
    int runs = 0;
    for (int i = 1; i < argc; ++i) {
        QDirIterator files(QFile::decodeName(argv[i]), QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (!file.open(QFile::ReadOnly))
                return EXIT_FAILURE;
            std::fprintf(stderr, "%s\n", qPrintable(file.fileName()));
            // An array of its own size, so that an access beyond its end is seen.
            const QByteArray read = file.readAll();
            const std::vector<std::uint8_t> bytes(read.begin(), read.end());
            LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
            ++runs;
        }
    }
    // A folder that is not there would test nothing.
    return runs > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
