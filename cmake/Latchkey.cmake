# The one place for compiler flags, and the one way to declare a folder's target.

add_library(latchkey_flags INTERFACE)
target_include_directories(latchkey_flags INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(latchkey_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wimplicit-fallthrough
    $<$<BOOL:${LATCHKEY_WERROR}>:-Werror>)
target_compile_definitions(latchkey_flags INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY
    QT_NO_URL_CAST_FROM_STRING
    QT_NO_NARROWING_CONVERSIONS_IN_CONNECT
    QT_NO_KEYWORDS
    # No QT_USE_QSTRINGBUILDER: an expression template kept by `auto` in a coroutine dangles.
    QT_DISABLE_DEPRECATED_BEFORE=0x060400
    QT_MESSAGELOGCONTEXT
    LATCHKEY_VERSION="${PROJECT_VERSION}"
    LATCHKEY_APP_ID="io.github.latchkey.Latchkey")
if(LATCHKEY_SANITIZE)
    target_compile_options(latchkey_flags INTERFACE -fsanitize=address,undefined -fno-omit-frame-pointer
        -fno-sanitize-recover=all)
    target_link_options(latchkey_flags INTERFACE -fsanitize=address,undefined)
endif()

# One for all targets: each of its own would take as long as it saves, and a fifth of a gigabyte. GCC takes it where all
# that it saw defined is defined the same, so it knows of no more of Qt than every target does.
if(LATCHKEY_PCH)
    file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/precompiled.cpp CONTENT "")
    add_library(latchkey_precompiled OBJECT ${CMAKE_BINARY_DIR}/precompiled.cpp)
    target_link_libraries(latchkey_precompiled PRIVATE latchkey_flags Qt6::Core QCoro6::Core)
    target_precompile_headers(latchkey_precompiled PRIVATE ${CMAKE_SOURCE_DIR}/cmake/precompiled.h)
endif()
function(latchkey_precompile target)
    if(LATCHKEY_PCH)
        target_precompile_headers(${target} REUSE_FROM latchkey_precompiled)
    endif()
endfunction()

# latchkey_folder(<target> [PUBLIC libs...] [PRIVATE libs...]): every source of the current folder, one static library.
function(latchkey_folder target)
    cmake_parse_arguments(ARG "" "" "PUBLIC;PRIVATE" ${ARGN})
    file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp ${CMAKE_CURRENT_SOURCE_DIR}/*.h)
    add_library(${target} STATIC ${sources})
    # A folder of headers alone is a library too.
    set_target_properties(${target} PROPERTIES LINKER_LANGUAGE CXX)
    target_link_libraries(${target} PUBLIC latchkey_flags ${ARG_PUBLIC} PRIVATE ${ARG_PRIVATE})
    latchkey_precompile(${target})
endfunction()

# latchkey_tests(<folder> <libs...>): each tst_*.cpp of the current folder is one ctest executable <folder>_<name>. Where
# LATCHKEY_LAUNCHER_<folder>_<name> is set, ctest starts it with that command in front.
function(latchkey_tests folder)
    file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/tst_*.cpp)
    foreach(source IN LISTS sources)
        get_filename_component(name ${source} NAME_WE)
        string(REGEX REPLACE "^tst_" "${folder}_" target ${name})
        add_executable(${target} ${source})
        target_link_libraries(${target} PRIVATE ${ARGN} latchkey_testkit Qt6::Test)
        latchkey_precompile(${target})
        set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
        add_test(NAME ${target} COMMAND ${LATCHKEY_LAUNCHER_${target}} $<TARGET_FILE:${target}>)
        set_tests_properties(${target} PROPERTIES TIMEOUT 300
            ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LATCHKEY_BIN=${CMAKE_BINARY_DIR}/bin;LATCHKEY_SOURCE=${CMAKE_SOURCE_DIR}")
    endforeach()
endfunction()
