# Run by CPack in the folder that is about to be packed.
file(GLOB_RECURSE pages ${CPACK_TEMPORARY_DIRECTORY}/goflow*.[157])
execute_process(COMMAND gzip -9 --no-name ${pages} COMMAND_ERROR_IS_FATAL ANY)
